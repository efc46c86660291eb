package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;

/** Privileged root sessions and the organization, as the SDK sees them. */
class EmulatedOrganizationTest {

    private static final String TASKS = "arn:aws:iam::aws:policy/root-task/";
    private static final String AUDIT = TASKS + "IAMAuditRootUserCredentials";
    private static final String DELETE = TASKS + "IAMDeleteRootUserCredentials";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private EmbeddedAws aws;
    private EmulatedAccount management;
    private EmulatedAccount member;
    private EmulatedOrganization organization;
    private Clients admin;
    private StsClient sts;

    @BeforeEach
    void start() {
        aws = EmbeddedAws.start(0, clock);
        management = Presets.secured(aws, "111111111111");
        member = Presets.unsecured(aws, "222222222222");
        organization = aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        admin = Clients.of(aws, management.userKey("admin"));
        sts = admin.sts();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private static void refused(String code, Executable call) {
        AwsServiceException refusal = assertThrows(AwsServiceException.class, call);
        assertEquals(code, refusal.awsErrorDetails().errorCode());
    }

    private AssumeRootResponse assume(StsClient by, String target, String task, int seconds) {
        return by.assumeRoot(request -> request.targetPrincipal(target)
                .taskPolicyArn(arn -> arn.arn(task))
                .durationSeconds(seconds));
    }

    @Test
    void bucketPolicyThatDeniesAllLetsRootReadAndDeleteIt() {
        member.buckets()
                .put("logs", "{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}");
        S3Client unlocking = Clients.of(
                        aws,
                        assume(sts, member.id(), TASKS + "S3UnlockBucketPolicy", 900)
                                .credentials())
                .s3();
        S3Client auditing = Clients.of(aws, assume(sts, member.id(), AUDIT, 900).credentials())
                .s3();
        member.createUser("/", "carol");
        member.attachAdministratorAccess("carol");
        S3Client carol = Clients.of(aws, member.userKey("carol")).s3();
        for (S3Client other : List.of(auditing, carol)) {
            refused("AccessDenied", () -> other.getBucketPolicy(r -> r.bucket("logs")));
            refused("AccessDenied", () -> other.deleteBucketPolicy(r -> r.bucket("logs")));
        }
        refused(
                "AccessDenied",
                () -> unlocking.getBucketPolicy(r -> r.bucket("logs").expectedBucketOwner("111111111111")));

        assertTrue(unlocking.getBucketPolicy(r -> r.bucket("logs")).policy().contains("s3:*"));
        unlocking.deleteBucketPolicy(r -> r.bucket("logs"));
        refused("NoSuchBucketPolicy", () -> carol.getBucketPolicy(r -> r.bucket("logs")));
    }

    @Test
    void auditSessionReadsOnlyRootCredentials() {
        Clients session = Clients.of(aws, assume(sts, member.id(), AUDIT, 900).credentials());
        IamClient iam = session.iam();
        assertEquals(
                "arn:aws:iam::222222222222:root",
                session.sts().getCallerIdentity().arn());
        assertEquals(1, iam.listAccessKeys().accessKeyMetadata().size());
        assertEquals(1, iam.listSigningCertificates().certificates().size());
        assertEquals(0, iam.listMFADevices().mfaDevices().size());
        assertEquals(1, iam.getAccountSummary().summaryMapAsStrings().get("AccountAccessKeysPresent"));
        iam.getLoginProfile(request -> {});
        String key = iam.listAccessKeys().accessKeyMetadata().get(0).accessKeyId();
        iam.getAccessKeyLastUsed(request -> request.accessKeyId(key));
        refused("AccessDenied", () -> iam.deleteAccessKey(request -> request.accessKeyId(key)));
        refused("AccessDenied", () -> iam.generateCredentialReport());
        refused("AccessDenied", () -> iam.listAccessKeys(request -> request.userName("alice")));
        clock.advance(Duration.ofSeconds(900));
        refused("ExpiredToken", () -> iam.listAccessKeys());
    }

    @Test
    void deleteSessionDeletesRootCredentials() {
        member.root().enableVirtualMfa("phone");
        IamClient iam = Clients.of(
                        aws,
                        assume(sts, "arn:aws:iam::222222222222:root", DELETE, 60)
                                .credentials())
                .iam();
        refused("AccessDenied", () -> iam.getAccountSummary());
        iam.listAccessKeys()
                .accessKeyMetadata()
                .forEach(key -> iam.deleteAccessKey(request -> request.accessKeyId(key.accessKeyId())));
        iam.listSigningCertificates()
                .certificates()
                .forEach(each -> iam.deleteSigningCertificate(request -> request.certificateId(each.certificateId())));
        iam.listMFADevices().mfaDevices().forEach(device -> {
            iam.deactivateMFADevice(request -> request.serialNumber(device.serialNumber()));
            iam.deleteVirtualMFADevice(request -> request.serialNumber(device.serialNumber()));
        });
        iam.deleteLoginProfile(request -> {});
        assertThrows(NoSuchEntityException.class, () -> iam.getLoginProfile(request -> {}));
        assertTrue(member.root().accessKeys().isEmpty());
        assertTrue(member.root().certificates().isEmpty());
        assertTrue(member.root().mfaDevices().isEmpty());
        assertFalse(member.root().hasPassword());
    }

    @Test
    void deniesAssumeRootWithoutPermission() {
        refused("ValidationError", () -> assume(sts, member.id(), AUDIT, 901));
        refused("ValidationError", () -> assume(sts, member.id(), TASKS + "Other", 900));
        refused("AccessDenied", () -> assume(sts, management.id(), AUDIT, 900));
        refused("AccessDenied", () -> assume(sts, "333333333333", AUDIT, 900));
        StsClient root = Clients.of(aws, management.rootKey()).sts();
        refused("AccessDenied", () -> assume(root, member.id(), AUDIT, 900));
        member.createUser("/", "admin");
        member.attachAdministratorAccess("admin");
        StsClient memberAdmin = Clients.of(aws, member.userKey("admin")).sts();
        refused("AccessDenied", () -> assume(memberAdmin, member.id(), AUDIT, 900));
        StsClient alice = Clients.of(aws, management.userKey("alice")).sts();
        refused("AccessDenied", () -> assume(alice, member.id(), AUDIT, 900));
        management.allow(
                "alice",
                "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRoot\", \"Resource\": \"*\","
                        + " \"Condition\": {\"StringEquals\": {\"sts:TaskPolicyArn\": \"" + AUDIT + "\"}}}}");
        assume(alice, member.id(), AUDIT, 900);
        refused("AccessDenied", () -> assume(alice, member.id(), DELETE, 900));
        organization.suspend(member);
        refused("AccessDenied", () -> assume(sts, member.id(), AUDIT, 900));
    }

    @Test
    void opensNoSessionWhenFeatureIsOff() {
        organization.enableRootSessions(false);
        refused("AccessDenied", () -> assume(sts, member.id(), AUDIT, 900));
        assertEquals(
                List.of("RootCredentialsManagement"),
                admin.iam().listOrganizationsFeatures(request -> {}).enabledFeaturesAsStrings());
        IamClient asMember = Clients.of(aws, member.rootKey()).iam();
        assertThrows(
                AccountNotManagementOrDelegatedAdministratorException.class,
                () -> asMember.listOrganizationsFeatures(request -> {}));
        organization.trustedAccess(false);
        assertThrows(
                ServiceAccessNotEnabledException.class, () -> admin.iam().listOrganizationsFeatures(request -> {}));
    }

    @Test
    void assumesRoleThatTrustsCaller() {
        member.createRole("Audit").attachedPolicies().add("arn:aws:iam::aws:policy/IAMReadOnlyAccess");
        Clients role = Clients.of(
                aws,
                sts.assumeRole(request -> request.roleArn("arn:aws:iam::222222222222:role/Audit")
                                .roleSessionName("test"))
                        .credentials());
        assertEquals(
                "arn:aws:sts::222222222222:assumed-role/Audit/test",
                role.sts().getCallerIdentity().arn());
        role.iam().getAccountSummary();
        refused("AccessDenied", () -> role.iam().createUser(user -> user.userName("x")));
        refused("ValidationError", () -> role.iam().listAccessKeys());
        refused(
                "AccessDenied",
                () -> sts.assumeRole(request ->
                        request.roleArn("arn:aws:iam::222222222222:role/None").roleSessionName("test")));
    }

    @Test
    void listsAccountsInPages() throws Exception {
        for (int i = 0; i < 21; i++) {
            organization.addMember(aws.createAccount(String.format("3000000000%02d", i)));
        }
        organization.suspend(member);
        JsonNode described = OrganizationsCalls.call(aws, admin, "DescribeOrganization", "{}");
        assertEquals(
                management.id(), described.at("/Organization/MasterAccountId").asText());
        JsonNode first = OrganizationsCalls.call(aws, admin, "ListAccounts", "{}");
        assertEquals(20, first.path("Accounts").size());
        assertEquals("SUSPENDED", first.at("/Accounts/1/Status").asText());
        String next = first.path("NextToken").asText();
        JsonNode second = OrganizationsCalls.call(aws, admin, "ListAccounts", "{\"NextToken\": \"" + next + "\"}");
        assertEquals(3, second.path("Accounts").size());
        assertFalse(second.has("NextToken"));
        JsonNode refused = OrganizationsCalls.call(aws, Clients.of(aws, member.rootKey()), "ListAccounts", "{}");
        assertEquals("AccessDeniedException", refused.path("__type").asText());
    }
}
