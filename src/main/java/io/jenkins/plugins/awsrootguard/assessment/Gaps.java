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

    static Gaps judge(Scope scope, RunPolicy run, AccountFacts facts, RunSettings settings) {
        Policy policy = settings.policy();
        Set<String> parents = run.parents(facts.accountId());
        // Central root management of an organization is judged once, for the organization.
        Findings findings = scope.isOrganization()
                ? Controls.judgeMember(facts, policy, parents)
                : Controls.judge(facts, policy, parents);
        RemediationSettings own = settings.remediation(scope, facts.accountId());
        return new Gaps(findings, Planner.plan(facts, findings, enforced(policy, findings), own));
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
