package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.aws.WebIdentityToken;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedRole;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.TestIssuer;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The roles of docs/templates/keyless.yaml in an account: one job's token reads, another job's token secures. */
class KeylessRolesTest extends PoliciesFixture {

    private static final String AUDIT_JOB = "https://jenkins.example.com/job/team/job/aws-root-assess/";
    private static final String SECURE_JOB = "https://jenkins.example.com/job/team/job/aws-root-secure/";
    private static final String AUDIENCE = "sts.amazonaws.com";

    private TestIssuer issuer;
    private EmulatedAccount account;
    private EmulatedRole audit;
    private EmulatedRole secure;

    @BeforeEach
    void deployTemplate() throws IOException {
        issuer = TestIssuer.start();
        account = Presets.unsecured(aws, ID).reportDelay(0).reportCacheHours(0);
        KeylessTemplate template = KeylessTemplate.with(Map.of(
                "Issuer",
                issuer.issuer().substring("http://".length()),
                "AuditSubject",
                AUDIT_JOB,
                "SecureSubject",
                SECURE_JOB));
        account.createOidcProvider(template.providerUrl().replace("https:", "http:"), template.clientId(), "other");
        audit = template.create(account, "AuditRole");
        secure = template.create(account, "SecureRole");
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private AccountConnection connect(String subject, String audience, EmulatedRole role) {
        AwsAccess access = AwsAccess.open(
                () -> WebIdentityToken.parse(
                        "credentialsId 'oidc'", issuer.token(Map.of("aud", audience, "sub", subject))),
                new AwsAccess.Settings(
                        new RoleChain(List.of(role.arn()), null, 0), "team-7", "us-east-1", null, Timeouts.DEFAULT));
        return AccountConnection.open(access, null, "credentialsId 'oidc'");
    }

    private AccountConnection audit() {
        return connect(AUDIT_JOB, AUDIENCE, audit);
    }

    private AccountConnection secure() {
        return connect(SECURE_JOB, AUDIENCE, secure);
    }

    private RemediationPlan plan(AccountConnection c) {
        return gaps(c, RemediationSettings.DEFAULT).plan();
    }

    /** Makes a change alone, so that no other change decides its outcome. */
    private ChangeRecord make(AccountConnection c, RemediationPlan plan, PlannedChange change) {
        RemediationPlan one =
                new RemediationPlan(plan.accountId(), plan.plannedAt(), List.of(change), List.of(), List.of());
        return secure(c, one, RemediationSettings.DEFAULT, approve(one)).get(0);
    }

    @Test
    void readingRoleAssessesPlansAndValidates() throws IOException {
        try (AccountConnection c = audit()) {
            EngineFixture.Result assessed = assess(c);
            assertTrue(assessed.facts().report().isKnown());
            assertTrue(plan(c).changes().size() > 5);
            assertTrue(
                    validate(assessed.facts(), policy).points().stream().allMatch(p -> p.status() != Status.UNKNOWN));
        }
        assertEquals(List.of(), denied());
        assertTrue(
                actions("read.json").containsAll(called(session(audit))),
                called(session(audit)).toString());
    }

    @Test
    void readingRoleIsRefusedEachChangeAndErrorNamesAction() {
        Map<ChangeKind, String> actions = new EnumMap<>(Map.of(
                ChangeKind.CREATE_ADMIN_GROUP, "iam:CreateGroup",
                ChangeKind.CREATE_ADMIN_USER, "iam:CreateUser",
                ChangeKind.ATTACH_ADMIN_POLICY, "iam:AttachGroupPolicy",
                // A user that exists is checked before it becomes an administrator.
                ChangeKind.ADD_ADMIN_TO_GROUP, "iam:ListAccessKeys",
                ChangeKind.UPDATE_PASSWORD_POLICY, "iam:UpdateAccountPasswordPolicy"));
        try (AccountConnection c = audit()) {
            RemediationPlan plan = plan(c);
            for (PlannedChange change : plan.changes()) {
                ChangeRecord record = make(c, plan, change);
                String action = actions.remove(change.kind());
                String denied = "AWS denied " + action + " for " + session(audit)
                        + ". Add the action to the principal's policy.";
                if (action != null) {
                    assertEquals(denied, record.detail(), record.toString());
                }
                // Without an action it is one that only root's own key can make, and is not tried.
                assertEquals(
                        action == null || change.kind() == ChangeKind.ADD_ADMIN_TO_GROUP
                                ? Outcome.SKIPPED
                                : Outcome.FAILED,
                        record.outcome(),
                        record.toString());
                createAsSomebodyElse(change.kind());
            }
        }
        assertEquals(Map.of(), actions);
        assertEquals(
                List.of(),
                aws.calls().stream()
                        .filter(c -> c.action().matches("(Create|Tag|Update|Attach|Add|Put|Delete).*"))
                        .filter(c -> c.errorCode() == null)
                        .toList());
    }

    /** What the later changes require. */
    private void createAsSomebodyElse(ChangeKind kind) {
        if (kind == ChangeKind.CREATE_ADMIN_GROUP) {
            account.createGroup("/", "root-guard-administrators");
        } else if (kind == ChangeKind.CREATE_ADMIN_USER) {
            account.createUser("/", "root-guard-admin");
        }
    }

    @Test
    void readingRoleIsRefusedCentralRootManagement() {
        EmulatedOrganization organization = aws.createOrganization(account)
                .trustedAccess(false)
                .enableRootCredentialsManagement(false)
                .enableRootSessions(false);
        organization.addMember(aws.createAccount("222222222222"));
        try (AccountConnection c = audit()) {
            RemediationPlan plan = planCentralRoot(c, CentralRoot.ENABLE);
            List<String> refused =
                    plan.changes().stream().map(p -> make(c, plan, p).detail()).toList();
            assertEquals(
                    List.of(
                            "AWS denied organizations:EnableAWSServiceAccess",
                            "AWS denied iam:EnableOrganizationsRootCredentialsManagement",
                            "AWS denied iam:EnableOrganizationsRootSessions"),
                    refused.stream().map(d -> d.replaceAll(" for .*", "")).toList());
        }
    }

    @Test
    void securingRoleMakesChangesInSeparateRun() throws IOException {
        try (AccountConnection c = secure()) {
            RemediationPlan plan = plan(c);
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(
                    5, records.stream().filter(r -> r.outcome() == Outcome.DONE).count(), records.toString());
        }
        assertEquals(List.of(), denied());
        assertTrue(
                actions("read.json", "secure.json").containsAll(called(session(secure))),
                called(session(secure)).toString());
        account.user("root-guard-admin").enableVirtualMfa("phone");
        try (AccountConnection c = audit()) {
            Map<String, Status> checks = new TreeMap<>();
            validate(assess(c).facts(), policy).points().forEach(p -> checks.put(p.id(), p.status()));
            assertEquals(Status.PASS, checks.get("iam-admin"), checks.toString());
            assertEquals(Status.PASS, checks.get("password-policy"), checks.toString());
        }
    }

    @Test
    void tokenOfAuditJobCannotAssumeSecuringRole() {
        assertRefused(AUDIT_JOB, AUDIENCE, secure);
    }

    @Test
    void tokenOfSecureJobCannotAssumeReadingRole() {
        assertRefused(SECURE_JOB, AUDIENCE, audit);
    }

    @Test
    void tokenOfNestedJobOrBuildCannotAssumeSecuringRole() {
        assertRefused(SECURE_JOB + "job/main/", AUDIENCE, secure);
        assertRefused(SECURE_JOB.replace("https:", "http:"), AUDIENCE, secure);
        assertRefused("https://jenkins.example.com/job/team/job/aws-root-secure", AUDIENCE, secure);
    }

    @Test
    void tokenForAnotherAudienceOfTheProviderIsRefused() {
        assertRefused(AUDIT_JOB, "other", audit);
    }

    private void assertRefused(String subject, String audience, EmulatedRole role) {
        AwsAccessException refused = assertThrows(AwsAccessException.class, () -> connect(subject, audience, role));
        assertEquals(
                "AWS denied sts:AssumeRoleWithWebIdentity on " + role.arn() + " with the token of issuer "
                        + issuer.issuer() + ", subject " + subject + ", audience " + audience
                        + ". The role must exist, and its trust policy must allow the issuer, audience and subject of"
                        + " the token.",
                refused.getMessage());
    }

    private static String session(EmulatedRole role) {
        return "arn:aws:sts::" + ID + ":assumed-role/" + role.name() + "/team-7";
    }
}
