package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
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

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertTrue(result.isComplete());
        assertEquals(2, result.accounts());
        assertEquals(AccessMethod.ROOT_SESSION, of(member).state().facts().route());
        assertEquals(AccessMethod.PRINCIPAL, of(management).state().facts().route());
        assertTrue(of(management).state().facts().report().isKnown());
        assertTrue(of(management).credentialReport().length > 0);
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
        assertEquals(Status.PASS, status(management, "root-access-keys"));
        assertEquals(1, of(member).state().plan().destructive().size());
    }

    @Test
    void centralRootManagementIsJudgedOnceForTheOrganization() {
        EmulatedAccount member = member(222222222222L);

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.PASS, result.central().status());
        assertTrue(of(member).state().findings().find("central-root-management").isEmpty());
        assertTrue(of(management)
                .state()
                .findings()
                .find("central-root-management")
                .isEmpty());
        assertEquals(
                1,
                aws.calls().stream()
                        .filter(c -> c.action().equals("ListOrganizationsFeatures"))
                        .count());
    }

    @Test
    void aMemberWithoutRootCredentialsCostsTwoCallsAndAFullOneSixWithItsKey() {
        EmulatedAccount empty = member(222222222222L);
        EmulatedAccount full = memberWithKey(333333333333L);
        full.root().enablePasskey();
        full.root().addSigningCertificate();

        run(AccountFilter.ALL, SETTINGS);

        assertEquals(List.of("AssumeRoot", "GetAccountSummary"), calls(empty));
        assertEquals(2, of(empty).calls());
        assertEquals(6, of(full).calls());
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

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        // The one call more is the caller asking who it is, before the organization is read.
        assertEquals(aws.calls().size() - 1, result.calls());
    }

    @Test
    void whetherAnythingLimitsAnAdministratorIsNotAsked() {
        member(222222222222L);

        run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.PASS, status(management, "iam-admin"), "the management account's own are listed");
        assertTrue(aws.calls().stream().noneMatch(c -> c.action().matches("GetUser|SimulatePrincipalPolicy")));
    }

    @Test
    void aSuspendedAccountIsNotApplicableAndNotCalled() {
        EmulatedAccount member = memberWithKey(222222222222L);
        organization.suspend(member);

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Reading.NOT_APPLICABLE, of(member).reading());
        assertTrue(of(member).reason().contains("SUSPENDED"), of(member).reason());
        assertEquals(15, of(member).state().findings().count(Status.NOT_APPLICABLE));
        assertEquals(List.of(), calls(member));
        assertEquals(0, result.unread());
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
        OrganizationResult result = run(filter(List.of("999999999999"), List.of(), List.of()), SETTINGS);

        AccountOutcome outcome = outcomes.get("999999999999");
        assertEquals(Reading.UNREAD, outcome.reading());
        assertTrue(outcome.reason().contains("not listed in the organization"), outcome.reason());
        assertEquals(15, outcome.state().findings().count(Status.UNKNOWN));
        assertEquals(1, result.unread());
    }

    @Test
    void theListIsPaged() {
        for (long i = 0; i < 45; i++) {
            member(222222222222L + i);
        }
        assertEquals(46, run(AccountFilter.ALL, SETTINGS).accounts());
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

        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);

        assertEquals(Status.FAIL, result.central().status());
        assertEquals(Reading.UNREAD, of(member).reading());
        assertTrue(
                of(member).reason().contains("Root access management, Enable"),
                of(member).reason());
        assertEquals(List.of(), calls(member));
        assertEquals(Reading.READ, of(management).reading());
    }

    @Test
    void aRootUserOfTheManagementAccountIsToldThatItCanNotDoIt() {
        EmulatedAccount member = memberWithKey(222222222222L);

        run(management.rootKey(), AccountFilter.ALL, SETTINGS);

        assertTrue(
                of(member).reason().contains("use a role or user"), of(member).reason());
    }

    @Test
    void fromADelegatedAdministratorTheManagementAccountIsUnknown() {
        EmulatedAccount delegated = member(222222222222L);
        EmulatedAccount other = memberWithKey(333333333333L);
        organization.delegatedAdministrator(delegated);
        delegated.createUser("/", "security");
        delegated.attachAdministratorAccess("security");

        run(delegated.userKey("security"), AccountFilter.ALL, SETTINGS);

        assertEquals(Reading.UNREAD, of(management).reading());
        assertTrue(
                of(management).reason().contains("management account"),
                of(management).reason());
        assertEquals(AccessMethod.PRINCIPAL, of(delegated).state().facts().route());
        assertEquals(Status.FAIL, status(other, "root-access-keys"));
    }

    @Test
    void validationProvesEachAccount() {
        EmulatedAccount member = memberWithKey(222222222222L);

        run(AccountFilter.ALL, SETTINGS.withProof());

        assertFalse(of(member).state().validation().isSecured());
        assertEquals(5, of(management).state().validation().secured());
    }

    @Test
    void withoutProofThereIsNone() {
        run(AccountFilter.ALL, SETTINGS);
        assertNull(of(management).state().validation());
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
        OrganizationResult result = run(AccountFilter.ALL, SETTINGS);
        assertFalse(result.isComplete());
        assertTrue(result.stoppedBecause().contains("organizations:ListAccounts"), result.stoppedBecause());
        assertTrue(result.stoppedBecause().contains("management account"), result.stoppedBecause());
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
