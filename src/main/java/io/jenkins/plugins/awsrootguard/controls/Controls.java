package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All controls. A control that the policy disables is not judged and has no finding. {@code parents} are the ids of the
 * organizational units above the account, for exceptions; empty for an account that was read alone.
 */
public final class Controls {

    /**
     * A control: a rule, and how an account is judged by it. The function is stateless and pure: the same facts and policy give the
     * same verdict, on any thread.
     */
    record Control(Rule rule, BiFunction<AccountFacts, Policy, Verdict> verdict) {

        Control(String id, BiFunction<AccountFacts, Policy, Verdict> verdict) {
            this(Rule.of(id), verdict);
        }
    }

    private static final String CENTRAL_ROOT = "central-root-management";

    private static final List<Control> ALL = Stream.of(
                    Stream.of(
                            new Control("root-access-keys", (f, p) -> RootAccessKeys.judge(f, p, true)),
                            new Control("root-access-keys-inactive", (f, p) -> RootAccessKeys.judge(f, p, false)),
                            new Control("root-signing-certificates", RootSigningCertificates::judge),
                            new Control("root-mfa", RootMfa::judge),
                            new Control("root-mfa-hardware", RootMfa::judgeHardware),
                            new Control("root-mfa-backup", RootMfa::judgeBackup),
                            new Control("root-recent-use", RootRecentUse::judge),
                            new Control("root-password-rotation", RootPasswordRotation::judge)),
                    PasswordPolicyControl.all().stream(),
                    Stream.of(
                            new Control("iam-admin", IamAdmin::judge),
                            new Control(CENTRAL_ROOT, (f, p) -> OrganizationControls.centralRoot(f.organization())),
                            new Control("root-guardrail", OrganizationControls::guardrail),
                            new Control("security-contact", OrganizationControls::securityContact)))
            .flatMap(Function.identity())
            .toList();

    private Controls() {}

    /** The rules of all controls. */
    public static List<Rule> all() {
        return ALL.stream().map(Control::rule).toList();
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
        LocalDate day = day(organization.source().at());
        Verdict verdict = OrganizationControls.centralRoot(organization);
        return policy.isEnforced(CENTRAL_ROOT)
                ? finding(Rule.of(CENTRAL_ROOT), verdict, policy, managementAccount, parents, day)
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
        if (earlier == null || !policy.isEnforced(earlier.control())) {
            return null;
        }
        return finding(
                earlier.rule(),
                new Verdict(earlier.status(), earlier.summary(), earlier.evidence(), earlier.subjects()),
                policy,
                managementAccount,
                parents,
                at.atZone(ZoneOffset.UTC).toLocalDate());
    }

    /** Whether a control has one finding for the organization, and none for its accounts. */
    public static boolean isAboutOrganization(String id) {
        return id.equals(CENTRAL_ROOT);
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
                : control.verdict().apply(facts, policy);
    }

    private static Findings member(
            AccountFacts facts, Policy policy, Set<String> parents, Function<Control, Verdict> verdict) {
        List<Control> controls =
                ALL.stream().filter(c -> !isAboutOrganization(c.rule().id())).toList();
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
                        .filter(c -> policy.isEnforced(c.rule().id()))
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
