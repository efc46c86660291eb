package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What is known of one account and was done to it: the value that is saved between the phases, and that pages and reports are
 * made of. Immutable; what a phase that did not run would add is null.
 *
 * @param reading how the last reading went
 * @param facts of the last reading
 * @param assessedAt when phase 1 ended
 * @param findings of the last judgement (phase 2, or 4 when that ran)
 * @param plan of phase 2
 * @param plannedAt when phase 2 ended
 * @param approval of the plan
 * @param changes of phase 3, in the order they were recorded
 * @param securedAt when phase 3 ended
 * @param validation of phase 4
 * @param validatedAt when phase 4 ended
 */
public record AccountState(
        String accountId,
        AccountReading reading,
        AccountFacts facts,
        Instant assessedAt,
        Findings findings,
        RemediationPlan plan,
        Instant plannedAt,
        Approval approval,
        List<ChangeRecord> changes,
        Instant securedAt,
        ValidationResult validation,
        Instant validatedAt) {

    public AccountState {
        reading = reading == null ? AccountReading.ALONE : reading;
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /** Of an account that was read by itself. */
    public AccountState(
            String accountId,
            AccountFacts facts,
            Instant assessedAt,
            Findings findings,
            RemediationPlan plan,
            Instant plannedAt,
            Approval approval,
            List<ChangeRecord> changes,
            Instant securedAt,
            ValidationResult validation,
            Instant validatedAt) {
        this(
                accountId,
                null,
                facts,
                assessedAt,
                findings,
                plan,
                plannedAt,
                approval,
                changes,
                securedAt,
                validation,
                validatedAt);
    }

    public static AccountState assessed(AccountFacts facts) {
        return unread(facts.accountId()).withFacts(facts);
    }

    /** Of an account of which nothing was read yet, so that a change can be recorded all the same. */
    public static AccountState unread(String accountId) {
        return new AccountState(accountId, null, null, null, null, null, null, List.of(), null, null, null);
    }

    /**
     * The planned changes that were not made since the account was read for the plan. A change that was made before that and is
     * planned again is necessary again. Empty when there is no plan.
     */
    public List<PlannedChange> unmade() {
        if (plan == null) {
            return List.of();
        }
        Set<String> made = changes.stream()
                .filter(c -> c.outcome() == ChangeRecord.Outcome.DONE && !c.at().isBefore(plan.plannedAt()))
                .map(ChangeRecord::id)
                .collect(Collectors.toSet());
        return plan.changes().stream().filter(c -> !made.contains(c.id())).toList();
    }

    /** What of the approval holds for the plan; null when nobody approved, or nothing is planned. */
    public Approval standingApproval() {
        return approval == null || plan == null ? null : approval.standing(plan, changes);
    }

    /** A copy with other values. */
    private AccountState with(Consumer<Values> change) {
        Values v = new Values();
        v.reading = reading;
        v.facts = facts;
        v.assessedAt = assessedAt;
        v.findings = findings;
        v.plan = plan;
        v.plannedAt = plannedAt;
        v.approval = approval;
        v.changes = changes;
        v.securedAt = securedAt;
        v.validation = validation;
        v.validatedAt = validatedAt;
        change.accept(v);
        return new AccountState(
                accountId,
                v.reading,
                v.facts,
                v.assessedAt,
                v.findings,
                v.plan,
                v.plannedAt,
                v.approval,
                v.changes,
                v.securedAt,
                v.validation,
                v.validatedAt);
    }

    private static final class Values {
        private AccountReading reading;
        private AccountFacts facts;
        private Instant assessedAt;
        private Findings findings;
        private RemediationPlan plan;
        private Instant plannedAt;
        private Approval approval;
        private List<ChangeRecord> changes;
        private Instant securedAt;
        private ValidationResult validation;
        private Instant validatedAt;
    }

    public AccountState withReading(AccountReading newer) {
        return with(v -> v.reading = newer);
    }

    /** A reading after the changes: its facts, findings and plan, and what was approved and done before it. */
    public AccountState readAgain(AccountState after) {
        return with(v -> {
            v.facts = after.facts;
            v.findings = after.findings;
            v.plan = after.plan;
            v.validation = after.validation;
            v.validatedAt = after.validatedAt;
        });
    }

    /** With newer facts. A validation of older facts no longer counts. */
    public AccountState withFacts(AccountFacts newer) {
        return with(v -> {
            v.facts = newer;
            v.assessedAt = newer.readAt();
            v.validation = null;
            v.validatedAt = null;
        });
    }

    /** With a statement on the root password that was made after the account was read. */
    public AccountState withStatement(PasswordConfirmation statement) {
        return facts == null ? this : with(v -> v.facts = facts.withConfirmation(statement));
    }

    /** With a newer judgement. A validation that came before it no longer counts. */
    public AccountState withGaps(Findings newFindings, RemediationPlan newPlan) {
        return with(v -> {
            v.findings = newFindings;
            v.plan = newPlan;
            v.plannedAt = newPlan.plannedAt();
            v.validation = null;
            v.validatedAt = null;
        });
    }

    /** With a plan that was not made from the findings; these and the validation stay. */
    AccountState withPlan(RemediationPlan newPlan) {
        return with(v -> {
            v.plan = newPlan;
            v.plannedAt = newPlan.plannedAt();
        });
    }

    /** With other manual tasks; findings and validation stay. */
    public AccountState withPending(List<PendingTask> tasks) {
        return with(v -> v.plan = new RemediationPlan(plan.accountId(), plan.plannedAt(), plan.changes(), tasks));
    }

    public AccountState withApproval(Approval given) {
        return with(v -> v.approval = given);
    }

    /**
     * Adds a journal entry. An entry that says how a change ended replaces its STARTED entry if that is the last one. A dry run
     * or a skipped change does not: that the call was once begun, with no known end, stays on record.
     */
    public AccountState withChange(ChangeRecord entry) {
        List<ChangeRecord> all = new ArrayList<>(changes);
        if (!all.isEmpty()) {
            ChangeRecord last = all.get(all.size() - 1);
            boolean ends =
                    entry.outcome() == ChangeRecord.Outcome.DONE || entry.outcome() == ChangeRecord.Outcome.FAILED;
            if (ends && last.id().equals(entry.id()) && last.outcome() == ChangeRecord.Outcome.STARTED) {
                all.remove(all.size() - 1);
            }
        }
        all.add(entry);
        return with(v -> v.changes = all);
    }

    /** Without the entries of an earlier dry run. What was really tried stays. */
    public AccountState withoutDryRun() {
        return with(v -> v.changes = changes.stream()
                .filter(c -> c.outcome() != ChangeRecord.Outcome.WOULD_DO)
                .toList());
    }

    public AccountState withSecured(Instant at) {
        return with(v -> v.securedAt = at);
    }

    public AccountState withValidation(AccountFacts fresh, ValidationResult result) {
        return with(v -> {
            v.facts = fresh;
            v.findings = result.findings();
            v.validation = result;
            v.validatedAt = fresh.readAt();
        });
    }
}
