package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
        all.add(new RootGuardrailControl());
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

    /** Judges whether an organization manages its members' root users centrally: once for all of its accounts. */
    public static Finding judgeOrganization(Fact<CentralRootManagement> organization) {
        return finding(new CentralRoot().rule(), CentralRoot.judge(organization));
    }

    /** Judges an account of an organization by every control but the one that is about the organization. */
    public static Findings judgeMember(AccountFacts facts, Thresholds thresholds) {
        return member(facts, c -> c.judge(facts, thresholds));
    }

    /** The findings on an account of an organization of which nothing could be read: all unknown, for the one reason. */
    public static Findings unread(AccountFacts facts, Unread cause) {
        return member(facts, c -> Verdict.unknown("The account could not be read: " + cause.sentence(), List.of()));
    }

    /** The findings on an account that nobody can use, for the one reason. */
    public static Findings notApplicable(AccountFacts facts, String reason) {
        return member(facts, c -> Verdict.notApplicable(reason, List.of()));
    }

    private static Findings member(AccountFacts facts, Function<Control, Verdict> verdict) {
        return Findings.of(
                facts,
                ALL.stream()
                        .filter(c -> !(c instanceof CentralRoot))
                        .map(c -> finding(c.rule(), verdict.apply(c)))
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
