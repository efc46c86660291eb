package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.RecordedCall;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member's credential report, password policy and administrators, read through a role in it. */
class MemberRoleTest extends OrganizationFixture {

    private static final String ROLE = "RootGuardAudit";
    private static final RunSettings WITH_ROLE = SETTINGS.withMemberRole(ROLE);

    private EmulatedAccount member;

    @BeforeEach
    void makeMember() {
        member = memberWithRole(222222222222L);
        member.createUser("/", "carol");
        member.attachAdministratorAccess("carol");
    }

    private EmulatedAccount memberWithRole(long number) {
        EmulatedAccount account = memberWithKey(number);
        account.createRole(ROLE)
                .trusting(management)
                .inlinePolicies()
                .put(
                        "audit",
                        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"*\","
                                + " \"Action\": [\"iam:GenerateCredentialReport\", \"iam:GetCredentialReport\","
                                + " \"iam:GetAccountPasswordPolicy\", \"iam:ListEntitiesForPolicy\", \"iam:GetGroup\","
                                + " \"iam:ListMFADevices\", \"iam:GetUser\", \"iam:GetRole\","
                                + " \"iam:SimulatePrincipalPolicy\"]}]}");
        return account;
    }

    private AccountFacts facts(EmulatedAccount account) {
        return of(account).facts();
    }

    private List<String> callsOf(EmulatedAccount account) {
        return aws.calls().stream()
                .filter(c -> String.valueOf(c.principalArn()).contains("::" + account.id() + ":")
                        || account.id().equals(c.parameters().get("TargetPrincipal"))
                        || String.valueOf(c.parameters().get("RoleArn")).contains(account.id()))
                .map(RecordedCall::action)
                .toList();
    }

    @Test
    void theReportThePolicyAndTheAdministratorsOfAMemberAreSeen() {
        RunHeader result = run(AccountFilter.ALL, WITH_ROLE);

        assertTrue(result.isComplete());
        assertTrue(facts(member).report().isKnown());
        assertTrue(folders.credentialReport(member.id()).orElseThrow().length > 0);
        assertTrue(facts(member).passwordPolicy().isKnown());
        assertEquals("carol", facts(member).administrators().get().get(0).userName());
        assertEquals(Status.FAIL, status(member, "password-policy"));
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
    }

    private EmulatedRole administratorRole() {
        EmulatedRole role = member.createRole("AWSReservedSSO_AdministratorAccess_0123456789abcdef");
        role.attachedPolicies().add(member.administratorAccess());
        return role;
    }

    private String administrator(Status status) {
        run(AccountFilter.ALL, WITH_ROLE);
        Finding finding = of(member).findings().find("iam-admin").orElseThrow();
        assertEquals(status, finding.status(), finding.summary());
        return finding.summary();
    }

    @Test
    void unrestrictedRoleOfMemberIsAdministrator() {
        administratorRole();
        String summary = administrator(Status.PASS);
        assertTrue(summary.contains("is unrestricted"), summary);
    }

    @Test
    void restrictedRoleOfMemberIsNoAdministrator() {
        administratorRole().permissionsBoundary("arn:aws:iam::222222222222:policy/boundary");
        String summary = administrator(Status.FAIL);
        assertTrue(summary.contains("permissions boundary"), summary);
    }

    @Test
    void restrictedUserOfMemberIsNoAdministrator() {
        member.user("carol").enableVirtualMfa("phone").permissionsBoundary("arn:aws:iam::222222222222:policy/boundary");
        String summary = administrator(Status.FAIL);
        assertTrue(summary.contains("carol") && summary.contains("permissions boundary"), summary);
    }

    @Test
    void memberHasNoTaskForAdministratorThatCannotBeCreated() {
        member.user("carol").attachedPolicies().clear();
        member.root().passwordPresent(true);
        run(AccountFilter.ALL, WITH_ROLE);
        List<PendingTask> tasks = of(member).plan().pending();
        assertTrue(tasks.stream().noneMatch(t -> t.what() == PendingTask.What.ADMIN_MFA), tasks.toString());
        PendingTask password = tasks.stream()
                .filter(t -> t.what() == PendingTask.What.PASSWORD)
                .findFirst()
                .orElseThrow();
        assertTrue(password.verifiedBy().endsWith("A root session cannot search CloudTrail for the change"));
    }

    @Test
    void memberHasTaskForAdministratorWithoutMfa() {
        run(AccountFilter.ALL, WITH_ROLE);
        assertTrue(of(member).plan().pending().stream().anyMatch(t -> t.what() == PendingTask.What.ADMIN_MFA));
    }

    @Test
    void memberAloneIsReadWithItsRole() {
        new AssessmentPhase(new RunContext(
                        folders, scope -> connect(admin, member.id()), "job x #3", log::add, () -> false, id -> null))
                .run(Scope.account(member.id()), WITH_ROLE);
        AccountFacts read = folders.state(member.id()).orElseThrow().facts();
        assertTrue(read.report().isKnown());
        assertEquals("carol", read.administrators().get().get(0).userName());
    }

    @Test
    void mfaOfAdministratorOfMemberIsCheckedWithItsRole() {
        try (AccountConnection connection = connect(admin, member.id())) {
            assertThrows(
                    AwsAccessException.class,
                    () -> Confirmation.check(connection, PendingTask.What.ADMIN_MFA, SETTINGS),
                    "a root session cannot list administrators");
            assertFalse(Confirmation.check(connection, PendingTask.What.ADMIN_MFA, WITH_ROLE)
                    .passed());
            member.user("carol").enableVirtualMfa("phone");
            assertTrue(Confirmation.check(connection, PendingTask.What.ADMIN_MFA, WITH_ROLE)
                    .passed());
        }
    }

    @Test
    void roleThatMemberRoleCannotReadIsUnknown() {
        administratorRole();
        aws.faults().deny("*" + member.id() + ":assumed-role/*", "iam:GetRole");
        String summary = administrator(Status.UNKNOWN);
        assertTrue(summary.contains("iam:GetRole"), summary);
    }

    @Test
    void theReportIsStartedFirstAndNoCallIsMadeTwice() {
        member.reportDelay(0);
        run(AccountFilter.ALL, WITH_ROLE);
        List<String> calls = callsOf(member);
        assertEquals(
                List.of(
                        "AssumeRoot",
                        "AssumeRole",
                        "GenerateCredentialReport",
                        "GetAccountSummary",
                        "GetAccountPasswordPolicy",
                        "ListAccessKeys",
                        "GetAccessKeyLastUsed",
                        "GetAlternateContact",
                        "GetCredentialReport",
                        "ListEntitiesForPolicy",
                        "ListMFADevices"),
                calls);
        assertEquals(calls.size(), of(member).reading().calls());
    }

    @Test
    void otherAccountsAreReadWhileAwsMakesTheReport() {
        EmulatedAccount other = memberWithRole(333333333333L);
        member.reportDelay(2);
        other.reportDelay(2);

        run(AccountFilter.ALL, WITH_ROLE.withParallelism(1));

        List<RecordedCall> calls = aws.calls();
        int fetched = calls.indexOf(calls.stream()
                .filter(c -> c.action().equals("GetCredentialReport")
                        && c.principalArn().contains(member.id()))
                .findFirst()
                .orElseThrow());
        int otherStarted = calls.indexOf(calls.stream()
                .filter(c -> c.action().equals("GenerateCredentialReport")
                        && c.principalArn().contains(other.id()))
                .findFirst()
                .orElseThrow());
        assertTrue(otherStarted < fetched, "one account at a time, and still none is waited for");
        assertTrue(facts(member).report().isKnown());
        assertTrue(facts(other).report().isKnown());
        assertEquals(callsOf(member).size(), of(member).reading().calls());
    }

    @Test
    void aRoleThatTrustsSomebodyElseMakesOnlyItsOwnFactsUnknownAndSaysWhatItNeeds() {
        EmulatedAccount stranger = aws.createAccount("999999999999");
        member.role(ROLE).trusting(stranger);

        run(AccountFilter.ALL, WITH_ROLE);

        assertEquals(Outcome.READ, of(member).reading().outcome());
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
        assertTrue(folders.credentialReport(member.id()).isEmpty());
        for (String reason : List.of(
                facts(member).report().unread().sentence(),
                facts(member).passwordPolicy().unread().sentence(),
                facts(member).administrators().unread().sentence())) {
            assertTrue(reason.contains("role/" + ROLE) && reason.contains("trust"), reason);
            assertEquals(1, reason.lines().count());
        }
        assertEquals(
                1, callsOf(member).stream().filter("AssumeRole"::equals).count(), "a refusal is not asked for again");
    }

    @Test
    void anAccountWithoutTheRoleCostsNoOther() {
        EmulatedAccount without = memberWithKey(333333333333L);
        run(AccountFilter.ALL, WITH_ROLE);
        assertFalse(facts(without).report().isKnown());
        assertEquals(Status.FAIL, status(without, "root-access-keys"));
        assertTrue(facts(member).report().isKnown());
    }

    @Test
    void aRoleThatMayNotReadTheReportStillReadsTheRest() {
        aws.faults().deny("*" + member.id() + ":assumed-role/*", "iam:GenerateCredentialReport");
        run(AccountFilter.ALL, WITH_ROLE);
        assertTrue(
                facts(member).report().unread().sentence().contains("iam:GenerateCredentialReport"),
                facts(member).report().unread().sentence());
        assertTrue(facts(member).passwordPolicy().isKnown());
    }

    @Test
    void whatTheRoleShowsIsPlannedForAsSomethingThatASessionCanNotMake() {
        run(AccountFilter.ALL, WITH_ROLE);
        PlannedChange policy = of(member).plan().changes().stream()
                .filter(c -> c.kind() == ChangeKind.UPDATE_PASSWORD_POLICY)
                .findFirst()
                .orElseThrow();
        assertTrue(policy.isBlocked());
        assertTrue(policy.reason().contains("credentials of the account itself"), policy.reason());
    }

    @Test
    void whatIsNoRoleNameIsRefusedBeforeAnyCall() {
        for (String wrong : List.of("arn:aws:iam::222222222222:role/x", "a b", "../x:y", "/x", "x/")) {
            assertThrows(InvalidInputException.class, () -> SETTINGS.withMemberRole(wrong), wrong);
        }
        assertEquals(
                "audit/RootGuard", SETTINGS.withMemberRole(" audit/RootGuard ").memberRole());
        assertNull(SETTINGS.withMemberRole(" ").memberRole());
    }
}
