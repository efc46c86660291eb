package io.jenkins.plugins.awsrootguard.control;

import io.jenkins.plugins.awsrootguard.account.AccountFacts;
import java.util.ArrayList;
import java.util.List;

/** All controls. */
public final class Controls {

    private static final List<Control> ALL = create();

    private Controls() {}

    private static List<Control> create() {
        List<Control> all = new ArrayList<>(List.of(
                new RootAccessKeys(),
                new RootAccessKeysInactive(),
                new RootSigningCertificates(),
                new RootMfa(),
                new RootMfaHardware(),
                new RootMfaBackup(),
                new RootRecentUse(),
                new RootPasswordRotation()));
        all.addAll(PasswordPolicyControls.all());
        all.add(new IamAdmin());
        all.add(new CentralRoot());
        return List.copyOf(all);
    }

    public static List<Control> all() {
        return ALL;
    }

    /** Judges an account by every control. */
    public static Findings judge(AccountFacts facts, Thresholds thresholds) {
        return Findings.of(
                facts,
                ALL.stream()
                        .map(c -> finding(c.rule(), c.judge(facts, thresholds)))
                        .toList());
    }

    private static Finding finding(Rule rule, Verdict verdict) {
        return new Finding(
                rule.id(),
                rule.title(),
                rule.severity(),
                verdict.status(),
                verdict.summary(),
                verdict.evidence(),
                rule.why(),
                rule.remediation(),
                rule.references());
    }
}
