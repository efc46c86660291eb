package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far one account has come in one build: the value that is saved between the steps, and that pages and reports are made
 * of. Immutable; a phase that was not run yet is null.
 *
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
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /**
     * The planned changes that were not made since the account was read for the plan; one that was made before that, and is
     * planned all the same, is necessary again. Empty when there is no plan.
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

    public static AccountState assessed(AccountFacts facts) {
        return new AccountState(
                facts.accountId(), facts, facts.readAt(), null, null, null, null, List.of(), null, null, null);
    }

    /** Of an account of which nothing was read yet, so that a change can be recorded all the same. */
    public static AccountState unread(String accountId) {
        return new AccountState(accountId, null, null, null, null, null, null, List.of(), null, null, null);
    }

    /** A reading after the changes: its facts, findings and plan, and what was approved and done before it. */
    public AccountState readAgain(AccountState after) {
        return new AccountState(
                accountId,
                after.facts,
                assessedAt,
                after.findings,
                after.plan,
                plannedAt,
                approval,
                changes,
                securedAt,
                after.validation,
                after.validatedAt);
    }

    /** With newer facts; a proof that was made of older ones is none any more. */
    public AccountState withFacts(AccountFacts newer) {
        return new AccountState(
                accountId, newer, newer.readAt(), findings, plan, plannedAt, approval, changes, securedAt, null, null);
    }

    /** With a newer judgement; a proof that came before it is none any more. */
    public AccountState withGaps(Findings newFindings, RemediationPlan newPlan) {
        return new AccountState(
                accountId,
                facts,
                assessedAt,
                newFindings,
                newPlan,
                newPlan.plannedAt(),
                approval,
                changes,
                securedAt,
                null,
                null);
    }

    /** With fewer or more tasks for a person; what was judged and proven stands. */
    public AccountState withPending(List<PendingTask> tasks) {
        RemediationPlan newPlan = new RemediationPlan(plan.accountId(), plan.plannedAt(), plan.changes(), tasks);
        return new AccountState(
                accountId,
                facts,
                assessedAt,
                findings,
                newPlan,
                plannedAt,
                approval,
                changes,
                securedAt,
                validation,
                validatedAt);
    }

    public AccountState withApproval(Approval given) {
        return new AccountState(
                accountId,
                facts,
                assessedAt,
                findings,
                plan,
                plannedAt,
                given,
                changes,
                securedAt,
                validation,
                validatedAt);
    }

    /**
     * Adds a journal entry. One that tells how a change ended replaces its STARTED entry, if that is the last one; a dry run or
     * a skip does not: that the call was once begun, with no known end, must stay on record.
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
        return new AccountState(
                accountId,
                facts,
                assessedAt,
                findings,
                plan,
                plannedAt,
                approval,
                all,
                securedAt,
                validation,
                validatedAt);
    }

    public AccountState withSecured(Instant at) {
        return new AccountState(
                accountId,
                facts,
                assessedAt,
                findings,
                plan,
                plannedAt,
                approval,
                changes,
                at,
                validation,
                validatedAt);
    }

    public AccountState withValidation(AccountFacts fresh, ValidationResult result) {
        return new AccountState(
                accountId,
                fresh,
                assessedAt,
                result.findings(),
                plan,
                plannedAt,
                approval,
                changes,
                securedAt,
                result,
                fresh.readAt());
    }
}
