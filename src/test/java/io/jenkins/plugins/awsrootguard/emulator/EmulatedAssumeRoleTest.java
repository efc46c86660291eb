package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** AssumeRole: trust policies, external IDs, session tags, role chaining, durations, and the end of sessions. */
class EmulatedAssumeRoleTest extends EmulatorFixture {

    private static final String CALLER = "arn:aws:iam::123456789012:user/ci";

    private EmulatedAccount member;
    private EmulatedRole role;
    private Clients caller;

    @BeforeEach
    void createRole() {
        member = aws.createAccount("222222222222");
        role = member.createRole("Audit");
        account.createUser("/", "ci");
        account.attachAdministratorAccess("ci");
        caller = Clients.of(aws, account.userKey("ci"));
    }

    private static Credentials assume(Clients by, EmulatedRole role, Consumer<AssumeRoleRequest.Builder> more) {
        return by.sts()
                .assumeRole(request ->
                        request.roleArn(role.arn()).roleSessionName("test").applyMutation(more))
                .credentials();
    }

    private Credentials assume() {
        return assume(caller, role, request -> {});
    }

    private void denied() {
        assertEquals(403, refused("AccessDenied", this::assume).statusCode());
    }

    private static String trust(String effect, String principal, String condition) {
        return "{\"Effect\": \"" + effect + "\", \"Action\": \"sts:AssumeRole\", \"Principal\": " + principal
                + ", \"Condition\": {" + condition + "}}";
    }

    private void trust(String... statements) {
        role.trustPolicy("{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}");
    }

    @Test
    void trustPolicyNamesPrincipals() {
        for (String principal : new String[] {
            "\"*\"",
            "{\"AWS\": \"*\"}",
            "{\"AWS\": \"123456789012\"}",
            "{\"AWS\": \"arn:aws:iam::123456789012:root\"}",
            "{\"AWS\": [\"999999999999\", \"" + CALLER + "\"]}"
        }) {
            trust(trust("Allow", principal, ""));
            assume();
        }
        for (String principal : new String[] {
            "{\"AWS\": \"999999999999\"}",
            "{\"AWS\": \"arn:aws:iam::123456789012:user/*\"}",
            "{\"Service\": \"ec2.amazonaws.com\"}",
            "{\"Federated\": \"" + CALLER + "\"}"
        }) {
            trust(trust("Allow", principal, ""));
            denied();
        }
    }

    @Test
    void denyInTrustPolicyWins() {
        trust(trust("Allow", "{\"AWS\": \"*\"}", ""), trust("Deny", "{\"AWS\": \"" + CALLER + "\"}", ""));
        denied();
    }

    @Test
    void unknownConditionKeyDoesNotMatch() {
        trust(trust("Allow", "\"*\"", "\"StringEquals\": {\"aws:SourceVpc\": \"vpc-1\"}"));
        denied();
        trust(trust("Allow", "\"*\"", "\"ArnLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::123456789012:user/*\"}"));
        assume();
    }

    @Test
    void callerNeedsPermissionToAssumeRole() {
        account.user("ci").attachedPolicies().clear();
        denied();
        account.allow("ci", """
            {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::222222222222:role/*"}}
            """);
        assume();
    }

    @Test
    void refusesRootUser() {
        assertEquals(
                "Roles may not be assumed by root accounts.",
                refused("AccessDenied", () -> assume(root, role, request -> {}))
                        .awsErrorDetails()
                        .errorMessage());
    }

    @Test
    void requiresExternalIdOfTrustPolicy() {
        trust(trust("Allow", "{\"AWS\": \"123456789012\"}", "\"StringEquals\": {\"sts:ExternalId\": \"jenkins-7\"}"));
        denied();
        refused("AccessDenied", () -> assume(caller, role, request -> request.externalId("jenkins-8")));
        aws.clearCalls();
        assume(caller, role, request -> request.externalId("jenkins-7"));
        assertEquals(
                Map.of("RoleArn", role.arn(), "RoleSessionName", "test", "ExternalId", "jenkins-7"),
                aws.calls().get(0).parameters());

        trust(
                trust("Allow", "{\"AWS\": \"*\"}", ""),
                trust("Deny", "{\"AWS\": \"*\"}", "\"StringNotEquals\": {\"sts:ExternalId\": \"jenkins-7\"}"));
        denied();
        assume(caller, role, request -> request.externalId("jenkins-7"));
    }

    @Test
    void sessionTagsNeedTagSession() {
        Consumer<AssumeRoleRequest.Builder> tagged =
                request -> request.tags(Tag.builder().key("Job").value("audit").build());
        assume(caller, role, tagged);
        trust(trust("Allow", "{\"AWS\": \"*\"}", ""));
        assertTrue(refused("AccessDenied", () -> assume(caller, role, tagged))
                .getMessage()
                .contains("is not authorized to perform: sts:TagSession on resource: " + role.arn()));
        assume();
        trust(trust("Allow", "\"*\"", "\"StringLike\": {\"aws:RequestTag/Job\": \"aud*\"}")
                .replace("sts:AssumeRole", "sts:*"));
        assume(caller, role, tagged);
        denied();
    }

    @Test
    void sessionOfRoleAssumesNextRole() {
        role.attachedPolicies().add(member.administratorAccess());
        EmulatedRole next = aws.createAccount("333333333333").createRole("Next").trustPolicy("""
                {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "%s"},
                  "Condition": {"StringEquals": {"aws:PrincipalArn": "%1$s"}}}}
                """.formatted(role.arn()));
        Clients first = Clients.of(aws, assume());
        Clients second = Clients.of(aws, assume(first, next, request -> {}));
        assertEquals(
                "arn:aws:sts::333333333333:assumed-role/Next/test",
                second.sts().getCallerIdentity().arn());
        refused("AccessDenied", () -> assume(caller, next, request -> {}));
    }

    @Test
    void refusesDurationOverLimit() {
        assertEquals(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
                refused("ValidationError", () -> assume(caller, role, request -> request.durationSeconds(3601)))
                        .awsErrorDetails()
                        .errorMessage());
        refused("ValidationError", () -> assume(caller, role, request -> request.durationSeconds(899)));
        role.maxSessionSeconds(7200).attachedPolicies().add(member.administratorAccess());
        Credentials session = assume(caller, role, request -> request.durationSeconds(7200));
        assertEquals(NOW.plusSeconds(7200), session.expiration());
        assertEquals(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
                refused(
                                "ValidationError",
                                () -> assume(Clients.of(aws, session), role, request -> request.durationSeconds(7200)))
                        .awsErrorDetails()
                        .errorMessage());
    }

    @Test
    void refusesExpiredSession() {
        role.sessionSeconds(20);
        Credentials credentials = assume();
        assertEquals(NOW.plusSeconds(20), credentials.expiration());
        Clients session = Clients.of(aws, credentials);
        clock.advance(Duration.ofSeconds(19));
        session.sts().getCallerIdentity();
        clock.advance(Duration.ofSeconds(1));
        assertEquals(
                "The security token included in the request is expired",
                refused("ExpiredToken", () -> session.sts().getCallerIdentity())
                        .awsErrorDetails()
                        .errorMessage());
    }

    @Test
    void refusesInvalidSessionName() {
        refused("ValidationError", () -> assume(caller, role, request -> request.roleSessionName("folder/job")));
        refused("ValidationError", () -> assume(caller, role, request -> request.roleSessionName("x".repeat(65))));
    }
}
