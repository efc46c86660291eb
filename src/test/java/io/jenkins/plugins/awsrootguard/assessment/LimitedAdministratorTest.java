package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedUser;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user that has AdministratorAccess and MFA, and is no administrator all the same, because something limits it. */
class LimitedAdministratorTest extends EngineFixture {

    private static final RemediationSettings USUAL = RemediationSettings.DEFAULT;
    private static final String READS = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
            + " \"Action\": \"s3:Get*\", \"Resource\": \"*\"}]}";
    private static final String QUARANTINE = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\","
            + " \"Action\": [\"iam:CreateUser\", \"iam:CreateAccessKey\"], \"Resource\": \"*\"}]}";

    private EmulatedAccount account;
    private AccessKeyPair root;

    @BeforeEach
    void makeAccount() {
        account = Presets.unsecured(aws, ID);
        root = account.rootKey();
    }

    private EmulatedUser administrator(String name) {
        EmulatedUser user = account.createUser("/", name).enableVirtualMfa(name);
        account.attachAdministratorAccess(name);
        return user;
    }

    private EmulatedUser bounded(String name) {
        return administrator(name).permissionsBoundary(account.createPolicy("reads-" + name, READS));
    }

    private Gaps judged() {
        return judged(USUAL);
    }

    private Gaps judged(RemediationSettings settings) {
        try (AccountConnection c = connect(root)) {
            return gaps(c, settings);
        }
    }

    private List<Administrator> read() {
        try (AccountConnection c = connect(root)) {
            return assess(c).facts().administrators().get();
        }
    }

    private static Finding iamAdmin(Gaps gaps) {
        return gaps.findings().find("iam-admin").orElseThrow();
    }

    private static void assertIs(Status status, Gaps gaps) {
        assertEquals(status, iamAdmin(gaps).status(), iamAdmin(gaps).summary());
    }

    private static List<ChangeKind> adminChanges(Gaps gaps) {
        return gaps.plan().changes().stream()
                .filter(c -> c.control().equals("iam-admin"))
                .map(PlannedChange::kind)
                .toList();
    }

    private static PendingTask task(Gaps gaps) {
        return gaps.plan().pending().stream()
                .filter(t -> t.what() == PendingTask.What.ADMIN_MFA)
                .findFirst()
                .orElseThrow();
    }

    private long calls(String action) {
        return aws.calls().stream().filter(c -> c.action().equals(action)).count();
    }

    private void answer(UnaryOperator<String> change) {
        aws.faults()
                .rewrite(
                        "SimulatePrincipalPolicy",
                        body -> change.apply(new String(body, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAdministratorWhomNothingLimitsIsProven() {
        administrator("carol");
        assertEquals(Standing.VERIFIED, read().get(0).standing());
        assertIs(Status.PASS, judged());
    }

    @Test
    void anAdministratorWhomABoundaryLimitsIsNoneAndAnotherIsPlanned() {
        bounded("carol");
        Gaps gaps = judged();
        assertIs(Status.FAIL, gaps);
        assertEquals(
                "The only IAM administrator, carol, has MFA, but permissions boundary arn:aws:iam::" + ID
                        + ":policy/reads-carol restricts it. Remove that restriction or create another administrator.",
                iamAdmin(gaps).summary());
        assertEquals(
                List.of(
                        ChangeKind.CREATE_ADMIN_GROUP,
                        ChangeKind.CREATE_ADMIN_USER,
                        ChangeKind.ATTACH_ADMIN_POLICY,
                        ChangeKind.ADD_ADMIN_TO_GROUP),
                adminChanges(gaps));
        assertTrue(
                task(gaps).title().contains(USUAL.adminUserName()), task(gaps).title());
    }

    @Test
    void theMadeOneIsProvenOnceItHasMfa() {
        bounded("carol");
        try (AccountConnection c = connect(root)) {
            RemediationPlan plan = gaps(c, USUAL).plan();
            secure(c, plan, USUAL, approve(plan));
        }
        assertIs(Status.FAIL, judged());
        account.user(USUAL.adminUserName()).enableVirtualMfa("phone");
        assertIs(Status.PASS, judged());
    }

    @Test
    void anAdministratorInQuarantineIsNone() {
        administrator("carol");
        account.allow("carol", QUARANTINE);
        Gaps gaps = judged();
        assertIs(Status.FAIL, gaps);
        assertTrue(
                iamAdmin(gaps).summary().contains("do not allow iam:CreateUser, iam:CreateAccessKey (iam:Simulate"),
                iamAdmin(gaps).summary());
    }

    @Test
    void administratorAccessAsItsOwnBoundaryTakesNothingAway() {
        administrator("carol").permissionsBoundary(account.administratorAccess());
        assertIs(Status.PASS, judged());
    }

    @Test
    void aLimitedOneIsNotTheEndOfTheSearch() {
        bounded("carol");
        administrator("dave");
        administrator("erin");
        assertEquals(
                List.of(Standing.LIMITED, Standing.VERIFIED, Standing.LISTED),
                read().stream().map(Administrator::standing).toList());
        assertIs(Status.PASS, judged());
    }

    @Test
    void whoHasNoMfaIsNotAskedAbout() {
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        assertEquals(Standing.LISTED, read().get(0).standing());
        assertEquals(0, calls("SimulatePrincipalPolicy"));
        assertIs(Status.FAIL, judged());
    }

    @Test
    void theNamedOneIsNotMadeAgainWhenSomethingLimitsIt() {
        bounded("carol");
        RemediationSettings carol =
                new RemediationSettings("carol", "admins", Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        Gaps gaps = judged(carol);
        assertEquals(List.of(), adminChanges(gaps));
        assertEquals(
                "Remove the restriction of the administrator carol of account " + ID + ", or use another",
                task(gaps).title());
        assertTrue(
                task(gaps).steps().get(0).contains("reads-carol restricts it"),
                task(gaps).steps().get(0));
    }

    @Test
    void aFreeOneWithoutMfaIsEquippedAndNoneIsMade() {
        bounded(USUAL.adminUserName());
        account.createUser("/", "dave");
        account.attachAdministratorAccess("dave");
        Gaps gaps = judged();
        assertIs(Status.FAIL, gaps);
        assertEquals(List.of(), adminChanges(gaps));
        assertTrue(
                task(gaps).title().startsWith("Assign an MFA device to the administrator dave"),
                task(gaps).title());
    }

    @Test
    void aRefusedCallIsUnknownAndNamesTheCallAndTheRemedy() {
        administrator("carol");
        for (String action : List.of("iam:GetUser", "iam:SimulatePrincipalPolicy")) {
            aws.faults().clear().deny(account.root().arn(), action);
            Gaps gaps = judged();
            assertIs(Status.UNKNOWN, gaps);
            String summary = iamAdmin(gaps).summary();
            assertTrue(summary.contains("AWS denied " + action), summary);
            assertTrue(summary.contains("Change that policy"), summary);
            assertEquals(List.of(), adminChanges(gaps));
        }
    }

    @Test
    void halfAnAnswerIsUnknown() {
        administrator("carol");
        answer(body -> body.replaceFirst("(?s)<member>.*?</member>", ""));
        assertEquals(Standing.UNREAD, read().get(0).standing());
        assertIs(Status.UNKNOWN, judged());
    }

    @Test
    void theAnswerForAnotherUserIsUnknown() {
        administrator("carol");
        aws.faults()
                .rewrite(
                        "GetUser",
                        body -> new String(body, StandardCharsets.UTF_8)
                                .replace("<UserName>carol<", "<UserName>mallory<")
                                .getBytes(StandardCharsets.UTF_8));
        assertIs(Status.UNKNOWN, judged());
    }

    /** As the simulator answers where a service control policy forbids it, whatever the user's own policies say. */
    private void forbidByOrganization() {
        answer(body -> body.replace(
                "<EvalDecision>allowed</EvalDecision>",
                "<EvalDecision>explicitDeny</EvalDecision><OrganizationsDecisionDetail>"
                        + "<AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>"));
    }

    @Test
    void whatTheOrganizationForbidsIsNoLimitOfTheUser() {
        administrator("carol");
        forbidByOrganization();
        Administrator carol = read().get(0);
        assertEquals(Standing.LISTED, carol.standing());
        assertTrue(
                carol.because().restriction() == Restriction.ORGANIZATION,
                carol.because().toString());
        assertIs(Status.PASS, judged());
    }

    @Test
    void whatTheOrganizationForbidsBesidesAnOwnPolicyIsALimit() {
        administrator("carol");
        account.allow("carol", QUARANTINE);
        forbidByOrganization();
        assertIs(Status.FAIL, judged());
    }

    /** As the simulator answers where a policy denies from outside an office: it is not told where a call comes from. */
    private void leaveToTheAddress(String user) {
        account.allow(user, QUARANTINE);
        answer(body -> body.replace(
                "<EvalDecision>explicitDeny</EvalDecision>",
                "<EvalDecision>explicitDeny</EvalDecision>"
                        + "<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>"));
    }

    @Test
    void whomAPolicyLimitsDependingOnTheAddressIsUnknownAndNoOtherIsMade() {
        administrator("carol");
        leaveToTheAddress("carol");
        Gaps gaps = judged();
        assertIs(Status.UNKNOWN, gaps);
        assertTrue(
                iamAdmin(gaps).summary().contains("permissions depend on aws:SourceIp"),
                iamAdmin(gaps).summary());
        assertEquals(List.of(), adminChanges(gaps));
    }

    @Test
    void anotherWhomNothingLimitsIsLookedForBehindOneThatDependsOnTheAddress() {
        administrator("carol");
        administrator("dave");
        leaveToTheAddress("carol");
        assertEquals(
                List.of(Standing.DEPENDS, Standing.VERIFIED),
                read().stream().map(Administrator::standing).toList());
        assertIs(Status.PASS, judged());
    }

    @Test
    void beforeADeletionWhatTheOrganizationForbidsCountsToo() {
        administrator("carol");
        forbidByOrganization();
        RemediationSettings settings = naming(root.accessKeyId());
        try (AccountConnection c = connect(root)) {
            RemediationPlan plan = gaps(c, settings).plan();
            ChangeRecord deletion = secure(c, plan, settings, approve(plan)).stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
            assertEquals(ChangeRecord.Outcome.SKIPPED, deletion.outcome());
        }
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void amongManyLimitedOnesTheSearchEndsAndNobodyIsTakenForProven() {
        for (int i = 0; i < 22; i++) {
            bounded("user" + i);
        }
        administrator("zoe");
        List<Administrator> all = read();
        assertEquals(20, calls("GetUser"));
        assertEquals(20, all.stream().filter(Administrator::isLimited).count());
        assertEquals(
                3, all.stream().filter(a -> a.standing() == Standing.UNREAD).count());
        assertNull(all.get(22).mfa());
        Gaps gaps = judged();
        assertIs(Status.UNKNOWN, gaps);
        assertTrue(
                iamAdmin(gaps).summary().contains("only 20 administrators are checked"),
                iamAdmin(gaps).summary());
    }

    @Test
    void aPauseForTheAdministratorsMfaIsNotOverWhileSomethingLimitsIt() {
        EmulatedUser carol = bounded("carol");
        try (AccountConnection c = connect(root)) {
            Confirmation.Check limited = Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT);
            assertFalse(limited.passed());
            assertTrue(
                    limited.found().startsWith("The only IAM administrator, carol, has MFA, but permissions boundary"),
                    limited.found());
            carol.permissionsBoundary(null);
            assertTrue(Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT)
                    .passed());
            aws.faults().deny(account.root().arn(), "iam:GetUser");
            assertTrue(assertThrows(
                            AwsAccessException.class,
                            () -> Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT))
                    .getMessage()
                    .contains("iam:GetUser"));
        }
    }
}
