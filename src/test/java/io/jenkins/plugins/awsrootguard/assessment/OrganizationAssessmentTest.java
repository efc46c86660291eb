package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An organization as a whole: which accounts are read, by which way, and at what cost. */
class OrganizationAssessmentTest extends OrganizationFixture {

    private static AccountFilter filter(List<String> accounts, List<String> units, List<String> exclude) {
        return AccountFilter.parse(accounts, units, exclude);
    }

    @Test
    void eachAccountIsReadByItsOwnWay() {
        EmulatedAccount member = memberWithKey(222222222222L);

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertTrue(result.isComplete());
        assertEquals(2, folders.accounts().size());
        assertEquals(AccessMethod.ROOT_SESSION, of(member).facts().route());
        assertEquals(AccessMethod.PRINCIPAL, of(management).facts().route());
        assertTrue(of(management).facts().report().isKnown());
        assertTrue(folders.credentialReport(management.id()).orElseThrow().length > 0);
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
        assertEquals(Status.PASS, status(management, "root-access-keys"));
        assertEquals(1, of(member).plan().destructive().size());
    }

    @Test
    void anExceptionCoversTheAccountsBelowAnOrganizationalUnit() {
        EmulatedAccount inside = memberWithKey(222222222222L);
        EmulatedAccount outside = memberWithKey(333333333333L);
        String unit = organization.moveTo("Workloads", inside);

        RunHeader result = run(AccountFilter.ALL, SETTINGS.withPolicy(exception(unit)));

        assertTrue(of(inside).findings().find("root-access-keys").orElseThrow().isExcepted());
        assertEquals(List.of(), of(inside).plan().destructive(), "an accepted risk is not changed");
        assertFalse(
                of(outside).findings().find("root-access-keys").orElseThrow().isExcepted());
        assertEquals(Set.of(inside.id()), result.policy().units().get(unit));
        assertEquals(List.of(), result.policy().unmatched(folders.accounts()));
    }

    @Test
    void anExceptionForAUnitThatCannotBeReadDoesNotApply() {
        EmulatedAccount member = memberWithKey(222222222222L);
        String unit = organization.moveTo("Workloads", member);
        aws.faults().deny("*", "organizations:ListAccountsForParent");

        RunHeader result = run(AccountFilter.ALL, SETTINGS.withPolicy(exception(unit)));

        assertFalse(of(member).findings().find("root-access-keys").orElseThrow().isExcepted());
        assertEquals(Set.of(unit), result.policy().unreadUnits());
    }

    @Test
    void gapsJudgesTheOrganizationByItsOwnPolicy() {
        member(222222222222L);
        run(AccountFilter.ALL, SETTINGS);
        GapsPhase gaps = new GapsPhase(contextOf(admin));
        Scope all = Scope.organization(AccountFilter.ALL);

        gaps.run(all, SETTINGS.withPolicy(policy("controls: {central-root-management: {severity: CRITICAL}}")));
        RunHeader header = folders.header().orElseThrow();
        assertEquals(Severity.CRITICAL, header.central().severity());
        assertEquals("root-guard.yml", header.policy().source().name());

        gaps.run(all, SETTINGS.withPolicy(policy("controls: {central-root-management: {enabled: false}}")));
        assertNull(folders.header().orElseThrow().central());
    }

    private static Policy policy(String yaml) {
        return PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", yaml));
    }

    private static Policy exception(String unit) {
        return PolicyLoader.load(new PolicyLoader.Text(
                "root-guard.yml",
                "exceptions: [{control: root-access-keys, organizationalUnits: [" + unit
                        + "], reason: r, owner: o, expires: 2999-12-31}]"));
    }

    @Test
    void centralRootManagementIsJudgedOnceForTheOrganization() {
        EmulatedAccount member = member(222222222222L);
        organization.delegatedAdministrator(member);

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.PASS, result.central().status());
        assertEquals(
                List.of(
                        "RootCredentialsManagement = true, RootSessions = true",
                        "trusted access for IAM is enabled",
                        "delegated administrators for IAM: 222222222222"),
                result.central().evidence().stream().map(Evidence::text).toList());
        assertTrue(of(member).findings().find("central-root-management").isEmpty());
        assertTrue(of(management).findings().find("central-root-management").isEmpty());
        assertEquals(
                1,
                aws.calls().stream()
                        .filter(c -> c.action().equals("ListOrganizationsFeatures"))
                        .count());
    }

    @Test
    void readsAMemberWithTwoToSixCalls() {
        EmulatedAccount empty = member(222222222222L);
        EmulatedAccount full = memberWithKey(333333333333L);
        full.root().enablePasskey();
        full.root().addSigningCertificate();

        run(AccountFilter.ALL, SETTINGS);

        assertEquals(List.of("AssumeRoot", "GetAccountSummary"), calls(empty));
        assertEquals(2, of(empty).reading().calls());
        assertEquals(6, of(full).reading().calls());
        assertEquals(
                Set.of(
                        "AssumeRoot",
                        "GetAccountSummary",
                        "ListMFADevices",
                        "ListAccessKeys",
                        "GetAccessKeyLastUsed",
                        "ListSigningCertificates"),
                Set.copyOf(calls(full)));
        assertEquals(6, calls(full).size(), "no call is made twice");
    }

    @Test
    void theCallsShownAreTheCallsThatWereMade() {
        member(222222222222L);
        memberWithKey(333333333333L);
        aws.clearCalls();

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        // The one call more is the caller asking who it is, before the organization is read.
        assertEquals(aws.calls().size() - 1, result.calls());
    }

    @Test
    void administratorsOfMembersNeedMemberRole() {
        EmulatedAccount member = member(222222222222L);

        run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.PASS, status(management, "iam-admin"), "the management account's own are read");
        assertEquals(Status.NOT_CHECKED, status(member, "iam-admin"));
    }

    @Test
    void aSuspendedAccountIsNotApplicableAndNotCalled() {
        EmulatedAccount member = memberWithKey(222222222222L);
        organization.suspend(member);

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Outcome.NOT_APPLICABLE, of(member).reading().outcome());
        assertTrue(cause(member).contains("SUSPENDED"), cause(member));
        assertEquals(17, of(member).findings().count(Status.NOT_APPLICABLE));
        assertEquals(List.of(), calls(member));
        assertEquals(0, unread());
    }

    @Test
    void onlyTheAccountsThatAreMeantAreRead() {
        EmulatedAccount a = member(222222222222L);
        EmulatedAccount b = member(333333333333L);
        EmulatedAccount c = member(444444444444L);
        String unit = organization.moveTo("Workloads", a);
        organization.moveTo("Workloads", b);

        run(filter(List.of(), List.of(unit), List.of(b.id())), SETTINGS);
        assertEquals(Set.of(a.id()), outcomes.keySet());

        outcomes.clear();
        run(filter(List.of(c.id(), a.id()), List.of(), List.of(a.id())), SETTINGS);
        assertEquals(Set.of(c.id()), outcomes.keySet());
    }

    @Test
    void anAccountThatIsAskedForAndNotListedIsUnknownAndNotForgotten() {
        RunHeader result = run(filter(List.of("999999999999"), List.of(), List.of()), SETTINGS);

        AccountState outcome = outcomes.get("999999999999");
        assertEquals(Outcome.UNREAD, outcome.reading().outcome());
        assertEquals(Unread.Kind.NOT_LISTED, outcome.reading().cause().kind());
        assertEquals(17, outcome.findings().count(Status.UNKNOWN));
        assertEquals(1, unread());
    }

    @Test
    void theListIsPaged() {
        for (long i = 0; i < 45; i++) {
            member(222222222222L + i);
        }
        run(AccountFilter.ALL, SETTINGS);
        assertEquals(46, folders.accounts().size());
        assertEquals(46, outcomes.size());
        assertEquals(
                3,
                aws.calls().stream()
                        .filter(c -> c.action().equals("ListAccounts"))
                        .count());
    }

    @Test
    void sessionsThatAreNotEnabledAreSaidWithoutACall() {
        organization.enableRootSessions(false);
        EmulatedAccount member = memberWithKey(222222222222L);

        RunHeader result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.FAIL, result.central().status());
        assertEquals(Outcome.UNREAD, of(member).reading().outcome());
        assertTrue(cause(member).contains("choose Root access management and then Enable"), cause(member));
        assertEquals(List.of(), calls(member));
        assertEquals(Outcome.READ, of(management).reading().outcome());
    }

    @Test
    void aRootUserOfTheManagementAccountIsToldThatItCanNotDoIt() {
        EmulatedAccount member = memberWithKey(222222222222L);

        run(management.rootKey(), AccountFilter.ALL, SETTINGS);

        assertTrue(cause(member).contains("Use a role or user"), cause(member));
    }

    @Test
    void fromADelegatedAdministratorTheManagementAccountIsUnknown() {
        EmulatedAccount delegated = member(222222222222L);
        EmulatedAccount other = memberWithKey(333333333333L);
        organization.delegatedAdministrator(delegated);
        delegated.createUser("/", "security");
        delegated.attachAdministratorAccess("security");

        run(delegated.userKey("security"), AccountFilter.ALL, SETTINGS);

        assertEquals(Outcome.UNREAD, of(management).reading().outcome());
        assertTrue(cause(management).contains("management account"), cause(management));
        assertEquals(AccessMethod.PRINCIPAL, of(delegated).facts().route());
        assertEquals(Status.FAIL, status(other, "root-access-keys"));
    }

    @Test
    void validationProvesEachAccount() {
        EmulatedAccount member = memberWithKey(222222222222L);

        new ValidationPhase(contextOf(admin)).run(Scope.organization(AccountFilter.ALL), SETTINGS);

        assertFalse(of(member).validation().isSecured());
        assertEquals(5, of(management).validation().secured());
    }

    @Test
    void withoutProofThereIsNone() {
        run(AccountFilter.ALL, SETTINGS);
        assertNull(of(management).validation());
    }

    @Test
    void anAccountInNoOrganizationIsAnError() {
        EmulatedAccount alone = aws.createAccount("555555555555");
        String message = assertThrows(AwsAccessException.class, () -> run(alone.rootKey(), AccountFilter.ALL, SETTINGS))
                .getMessage();
        assertTrue(message.contains("belongs to no organization"), message);
    }

    @Test
    void aDeniedListIsAnErrorWithItsRemedy() {
        aws.faults().deny("*", "organizations:ListAccounts");
        RunHeader result = run(AccountFilter.ALL, SETTINGS);
        assertFalse(result.isComplete());
        assertTrue(
                result.stopped().detail().contains("organizations:ListAccounts"),
                result.stopped().detail());
        assertTrue(
                result.stopped().detail().contains("management account"),
                result.stopped().detail());
    }

    @Test
    void whatIsNoIdIsRefusedBeforeAnyCall() {
        assertThrows(InvalidInputException.class, () -> filter(List.of("12345"), List.of(), List.of()));
        assertThrows(InvalidInputException.class, () -> filter(List.of(), List.of("Workloads"), List.of()));
        assertThrows(InvalidInputException.class, () -> SETTINGS.withParallelism(0));
        assertThrows(InvalidInputException.class, () -> SETTINGS.withParallelism(201));
    }

    @Test
    void nothingThatIsMeantIsNoGoodNews() {
        EmulatedAccount member = member(222222222222L);
        String empty = organization.moveTo("Left", member);
        organization.moveTo("Workloads", member);

        assertThrows(InvalidInputException.class, () -> run(filter(List.of(), List.of(empty), List.of()), SETTINGS));
        assertThrows(
                InvalidInputException.class,
                () -> run(filter(List.of("222222222222"), List.of(), List.of("222222222222")), SETTINGS));
    }

    @Test
    void anAccountWhoseStateIsNotKnownIsReadAllTheSame() {
        EmulatedAccount member = memberWithKey(222222222222L);
        aws.faults()
                .rewrite(
                        "ListAccounts",
                        body -> new String(body, StandardCharsets.UTF_8)
                                .replaceAll("\"(State|Status)\":\"ACTIVE\",", "")
                                .getBytes(StandardCharsets.UTF_8));

        run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.FAIL, status(member, "root-access-keys"));
    }
}
