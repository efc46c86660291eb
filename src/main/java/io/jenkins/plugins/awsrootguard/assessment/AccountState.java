package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.databind.annotation.JsonAppend;
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
 * @param findings of the last judgement (phase 2, or 4 when that ran)
 */
@JsonAppend(prepend = true, attrs = @JsonAppend.Attr("schema"))
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
        reading = reading == null ? AccountReading.ONE_ACCOUNT : reading;
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    public static AccountState assessed(AccountFacts facts) {
        return unread(facts.accountId()).withFacts(facts);
    }

    /** The state of an account that was not read yet. */
    public static AccountState unread(String accountId) {
        return new AccountState(accountId, null, null, null, null, null, null, null, List.of(), null, null, null);
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

    /** The part of the approval that applies to the plan; null for none. */
    public Approval standingApproval() {
        return approval == null || plan == null ? null : approval.standing(plan, changes);
    }

    private AccountState with(Consumer<Copy> change) {
        Copy copy = new Copy();
        change.accept(copy);
        return copy.state();
    }

    /** The values of a copy, which can be changed. */
    private final class Copy {
        private AccountReading reading = AccountState.this.reading;
        private AccountFacts facts = AccountState.this.facts;
        private Instant assessedAt = AccountState.this.assessedAt;
        private Findings findings = AccountState.this.findings;
        private RemediationPlan plan = AccountState.this.plan;
        private Instant plannedAt = AccountState.this.plannedAt;
        private Approval approval = AccountState.this.approval;
        private List<ChangeRecord> changes = AccountState.this.changes;
        private Instant securedAt = AccountState.this.securedAt;
        private ValidationResult validation = AccountState.this.validation;
        private Instant validatedAt = AccountState.this.validatedAt;

        private AccountState state() {
            return new AccountState(
                    accountId,
                    reading,
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
    }

    public AccountState withReading(AccountReading newer) {
        return with(v -> v.reading = newer);
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

    /** With other manual tasks; findings and validation stay. */
    public AccountState withPending(List<PendingTask> tasks) {
        return with(v ->
                v.plan = new RemediationPlan(plan.accountId(), plan.plannedAt(), plan.changes(), tasks, List.of()));
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
        int last = all.size() - 1;
        boolean ends = entry.outcome() == ChangeRecord.Outcome.DONE || entry.outcome() == ChangeRecord.Outcome.FAILED;
        if (ends
                && last >= 0
                && all.get(last).id().equals(entry.id())
                && all.get(last).outcome() == ChangeRecord.Outcome.STARTED) {
            all.remove(last);
        }
        all.add(entry);
        return with(v -> v.changes = all);
    }

    /** Without the entries of an earlier dry run. */
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
