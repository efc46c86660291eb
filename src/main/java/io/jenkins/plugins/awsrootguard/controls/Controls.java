package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * All controls. A control that the policy disables is not judged and has no finding. {@code parents} are the ids of the
 * organizational units above the account, for exceptions; empty for an account that was read alone.
 */
public final class Controls {

    private static final List<Control> ALL = create();

    private Controls() {}

    private static List<Control> create() {
        List<Control> all = new ArrayList<>(List.of(
                new RootAccessKeys(true),
                new RootAccessKeys(false),
                new RootSigningCertificates(),
                new RootMfa(),
                new RootMfaHardware(),
                new RootMfaBackup(),
                new RootRecentUse(),
                new RootPasswordRotation()));
        all.addAll(PasswordPolicyControl.all());
        all.add(new IamAdmin());
        all.add(new CentralRoot());
        all.add(new RootGuardrailControl());
        all.add(new SecurityContact());
        return List.copyOf(all);
    }

    public static List<Control> all() {
        return ALL;
    }

    /** Judges an account by every enabled control. */
    public static Findings judge(AccountFacts facts, Policy policy, Set<String> parents) {
        return findings(facts, policy, parents, ALL, c -> verdict(c, facts, policy));
    }

    /**
     * Judges whether an organization manages its members' root users centrally: once for all of its accounts. Exceptions for
     * the management account apply.
     *
     * @return null when the policy disables the control
     */
    public static Finding judgeOrganization(
            Fact<CentralRootManagement> organization, Policy policy, String managementAccount, Set<String> parents) {
        Control control = new CentralRoot();
        LocalDate day = day(organization.source().at());
        return policy.requirement(control.rule().id()).enabled()
                ? finding(control.rule(), CentralRoot.judge(organization), policy, managementAccount, parents, day)
                : null;
    }

    /**
     * The finding of {@link #judgeOrganization} by another policy.
     *
     * @param earlier null if the earlier policy disabled the control
     * @param at when the organization was read
     * @return null when one of the policies disables the control
     */
    public static Finding judgeOrganizationAgain(
            Finding earlier, Policy policy, String managementAccount, Set<String> parents, Instant at) {
        if (earlier == null || !policy.requirement(earlier.control()).enabled()) {
            return null;
        }
        return finding(
                new CentralRoot().rule(),
                new Verdict(earlier.status(), earlier.summary(), earlier.evidence(), earlier.subjects()),
                policy,
                managementAccount,
                parents,
                at.atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** Judges an account of an organization by every enabled control but the one that is about the organization. */
    public static Findings judgeMember(AccountFacts facts, Policy policy, Set<String> parents) {
        return member(facts, policy, parents, c -> verdict(c, facts, policy));
    }

    /** The findings on an account of an organization of which nothing could be read: all unknown, for the one reason. */
    public static Findings unread(AccountFacts facts, Policy policy, Set<String> parents, Unread cause) {
        return member(
                facts,
                policy,
                parents,
                c -> Verdict.unknown("The account could not be read: " + cause.sentence(), List.of()));
    }

    /** The findings on an account that cannot be used, all for the same reason. */
    public static Findings notApplicable(AccountFacts facts, Policy policy, Set<String> parents, String reason) {
        return member(facts, policy, parents, c -> Verdict.notApplicable(reason, List.of()));
    }

    private static Verdict verdict(Control control, AccountFacts facts, Policy policy) {
        boolean aboutRoot = control.rule().id().startsWith("root-");
        return aboutRoot && !facts.partition().hasRootUser()
                ? Verdict.notApplicable(
                        "Accounts in the partition " + facts.partition().id() + " have no root user.", List.of())
                : control.judge(facts, policy);
    }

    private static Findings member(
            AccountFacts facts, Policy policy, Set<String> parents, Function<Control, Verdict> verdict) {
        List<Control> controls =
                ALL.stream().filter(c -> !(c instanceof CentralRoot)).toList();
        return findings(facts, policy, parents, controls, verdict);
    }

    private static Findings findings(
            AccountFacts facts,
            Policy policy,
            Set<String> parents,
            List<Control> controls,
            Function<Control, Verdict> verdict) {
        LocalDate day = day(facts.readAt());
        return Findings.of(
                facts,
                policy.source(),
                controls.stream()
                        .filter(c -> policy.requirement(c.rule().id()).enabled())
                        .map(c -> finding(c.rule(), verdict.apply(c), policy, facts.accountId(), parents, day))
                        .toList());
    }

    /** The day on which exceptions must be in force: that of the reading, or today if that is later. */
    private static LocalDate day(Instant readAt) {
        Instant now = Instant.now();
        return (readAt.isAfter(now) ? readAt : now).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Finding finding(
            Rule rule, Verdict verdict, Policy policy, String account, Set<String> parents, LocalDate day) {
        Finding.Acceptance exception = verdict.status() == Status.PASS || verdict.status() == Status.NOT_APPLICABLE
                ? null
                : policy.exception(rule.id(), account, parents)
                        .map(e -> new Finding.Acceptance(e.reason(), e.owner(), e.expires(), e.isInForce(day)))
                        .orElse(null);
        return new Finding(
                rule,
                policy.requirement(rule.id()).severity(),
                verdict.status(),
                verdict.summary(),
                verdict.evidence(),
                policy.requirement(rule.id()).required(),
                exception,
                verdict.subjects());
    }
}
