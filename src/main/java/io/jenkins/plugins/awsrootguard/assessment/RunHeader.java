package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run apart from its accounts.
 *
 * @param organization null for one account
 * @param callerArn who made the calls
 * @param central the finding on central management of root users; null for one account, whose own findings have it, and when
 *     the policy disables the control
 * @param policy what the accounts are judged by
 * @param began names the run: no two runs of a store have the same
 * @param ended when the last reading ended; null until then
 * @param calls to AWS in the last reading; 0 until it has ended
 * @param stopped why not every account was read; null when all were tried
 */
public record RunHeader(
        Scope scope,
        Organization organization,
        Partition partition,
        String callerAccountId,
        String callerArn,
        Finding central,
        RunPolicy policy,
        Instant began,
        Instant ended,
        long calls,
        StopCause stopped) {

    static RunHeader begin(
            Scope scope, AccountConnection caller, Organization organization, Finding central, RunPolicy policy) {
        return new RunHeader(
                scope,
                organization,
                caller.partition(),
                caller.caller().accountId(),
                caller.caller().arn(),
                central,
                policy,
                Instant.now(),
                null,
                0,
                null);
    }

    /** The reading of one account, also of an account of an organization; null when no principal read it. */
    public static RunHeader of(AccountState state) {
        AccountFacts facts = state.facts();
        if (facts == null || facts.caller() == null) {
            return null;
        }
        return new RunHeader(
                Scope.account(state.accountId()),
                null,
                facts.partition(),
                facts.caller().accountId(),
                facts.caller().arn(),
                null,
                state.findings() == null
                        ? RunPolicy.DEFAULT
                        : new RunPolicy(state.findings().policy(), List.of(), Map.of()),
                state.reading().run(),
                facts.readAt(),
                state.reading().calls(),
                null);
    }

    public boolean isOrganization() {
        return organization != null;
    }

    /** Whether the reading has ended and tried every account. */
    public boolean isComplete() {
        return ended != null && stopped == null;
    }

    RunHeader ended(Instant at, long allCalls, StopCause cause) {
        return new RunHeader(
                scope,
                organization,
                partition,
                callerAccountId,
                callerArn,
                central,
                policy,
                began,
                at,
                allCalls,
                cause);
    }

    /** Judged again by another policy. */
    RunHeader judgedBy(Policy other, RunPolicy newer) {
        String management = organization == null ? null : organization.managementAccountId();
        Finding again = organization == null
                ? null
                : Controls.judgeOrganizationAgain(central, other, management, newer.parents(management), began);
        return new RunHeader(
                scope, organization, partition, callerAccountId, callerArn, again, newer, began, ended, calls, stopped);
    }
}
