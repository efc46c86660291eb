package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Planner;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.Set;
import java.util.stream.Collectors;

/** Phase 2: judges the facts by the controls and plans the remediation. Calls nothing. */
public final class Gaps {

    private Gaps() {}

    public static GapsResult judge(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return plan(facts, Controls.judge(facts, policy, Set.of()), policy, settings);
    }

    /** The same for an account of an organization, whose central root management is judged once, for the organization. */
    public static GapsResult judgeMember(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return plan(facts, Controls.judgeMember(facts, policy, Set.of()), policy, settings);
    }

    static GapsResult plan(AccountFacts facts, Findings findings, Policy policy, RemediationSettings settings) {
        return new GapsResult(findings, Planner.plan(facts, findings, enforced(policy, findings), settings));
    }

    /** The policy without the controls that an exception covers in the account: nothing is changed for these. */
    static Policy enforced(Policy policy, Findings findings) {
        return findings == null
                ? policy
                : policy.without(findings.findings().stream()
                        .filter(Finding::isExcepted)
                        .map(Finding::control)
                        .collect(Collectors.toSet()));
    }
}
