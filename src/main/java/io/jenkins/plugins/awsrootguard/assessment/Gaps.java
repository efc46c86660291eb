package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Planner;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.Set;
import java.util.stream.Collectors;

/** The result of phase 2 for one account: the facts judged by the controls, and the planned remediation. Calls nothing. */
public record Gaps(Findings findings, RemediationPlan plan) {

    public static Gaps judge(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return plan(facts, Controls.judge(facts, policy, Set.of()), policy, settings);
    }

    /** The same for an account of an organization, whose central root management is judged once, for the organization. */
    public static Gaps judgeMember(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return plan(facts, Controls.judgeMember(facts, policy, Set.of()), policy, settings);
    }

    static Gaps judge(Scope scope, RunPolicy run, AccountFacts facts, RunSettings settings) {
        Policy policy = settings.policy();
        Set<String> parents = run.parents(facts.accountId());
        Findings findings = scope.isOrganization()
                ? Controls.judgeMember(facts, policy, parents)
                : Controls.judge(facts, policy, parents);
        return plan(facts, findings, policy, settings.remediation(scope, facts.accountId()));
    }

    private static Gaps plan(AccountFacts facts, Findings findings, Policy policy, RemediationSettings settings) {
        return new Gaps(findings, Planner.plan(facts, findings, enforced(policy, findings), settings));
    }

    /** The policy without the controls that an exception covers in the account. No change is planned for these. */
    static Policy enforced(Policy policy, Findings findings) {
        return findings == null
                ? policy
                : policy.without(findings.findings().stream()
                        .filter(Finding::isExcepted)
                        .map(Finding::control)
                        .collect(Collectors.toSet()));
    }
}
