package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.MemberSessions;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Planner;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.stream.Collectors;

/**
 * How a run reads, judges and changes accounts.
 *
 * @param parallelism how many accounts are worked on at once
 * @param memberRole the name of a role in the member accounts that reads what a root session cannot read; null for none
 */
public record RunSettings(
        int parallelism,
        AssessmentSettings account,
        Policy policy,
        RemediationSettings remediation,
        String memberRole) {

    public static final RunSettings DEFAULT =
            new RunSettings(20, AssessmentSettings.DEFAULT, Policy.DEFAULT, RemediationSettings.DEFAULT, null);

    public RunSettings {
        if (parallelism < 1 || parallelism > AwsAccess.MOST_CONNECTIONS) {
            throw new InvalidInputException(
                    "parallelism",
                    "is " + parallelism + ". Enter a number from 1 to " + AwsAccess.MOST_CONNECTIONS + ".");
        }
        memberRole = MemberSessions.parseRole(memberRole);
    }

    public RunSettings withParallelism(int accountsAtOnce) {
        return new RunSettings(accountsAtOnce, account, policy, remediation, memberRole);
    }

    public RunSettings withAccount(AssessmentSettings settings) {
        return new RunSettings(parallelism, settings, policy, remediation, memberRole);
    }

    public RunSettings withPolicy(Policy judgedBy) {
        return new RunSettings(parallelism, account, judgedBy, remediation, memberRole);
    }

    public RunSettings withRemediation(RemediationSettings settings) {
        return new RunSettings(parallelism, account, policy, settings, memberRole);
    }

    /** @param roleName null or blank for none */
    public RunSettings withMemberRole(String roleName) {
        return new RunSettings(parallelism, account, policy, remediation, roleName);
    }

    /** The remediation settings of one account: among many accounts, a shortened key id counts with its account only. */
    RemediationSettings remediation(Scope scope, String accountId) {
        return scope.isOrganization() ? remediation.forAccount(accountId) : remediation;
    }

    /** The planned remediation of an account. */
    RemediationPlan plan(Scope scope, AccountFacts facts, Findings findings) {
        return Planner.plan(facts, findings, enforced(findings), remediation(scope, facts.accountId()));
    }

    /** The policy without the controls that an exception covers in the account. No change is planned for these. */
    Policy enforced(Findings findings) {
        return findings == null
                ? policy
                : policy.without(findings.findings().stream()
                        .filter(Finding::isExcepted)
                        .map(Finding::control)
                        .collect(Collectors.toSet()));
    }

    /** @throws InvalidInputException when the settings do not fit an organization */
    public void check(Scope scope) {
        if (scope.isOrganization()) {
            remediation.checkForManyAccounts();
        }
    }
}
