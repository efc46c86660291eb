package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.AccountFacts;
import io.jenkins.plugins.awsrootguard.control.Controls;
import io.jenkins.plugins.awsrootguard.control.Findings;
import io.jenkins.plugins.awsrootguard.control.Thresholds;

/** Phase 2: judges the facts by the controls and plans the remediation. Calls nothing. */
public final class Gaps {

    private Gaps() {}

    public static GapsResult judge(AccountFacts facts, Thresholds thresholds, RemediationSettings settings) {
        Findings findings = Controls.judge(facts, thresholds);
        return new GapsResult(findings, Planner.plan(facts, findings, thresholds, settings));
    }
}
