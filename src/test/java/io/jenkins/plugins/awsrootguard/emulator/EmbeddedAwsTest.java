package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The wire: signatures, errors, faults, the record of calls and the console page, over real HTTP. */
class EmbeddedAwsTest extends EmulatorFixture {

    @Test
    void rootKeyBelongsToAccount() {
        GetCallerIdentityResponse who = root.sts().getCallerIdentity();
        assertEquals("arn:aws:iam::123456789012:root", who.arn());
        assertEquals(ID, who.userId());
        assertEquals(ID, who.account());
        assertNotNull(who.responseMetadata().requestId());
    }

    @Test
    void refusesBadCredentialsWithAwsErrorCodes() {
        AccessKeyPair key = account.rootKey();
        Clients wrong = Clients.of(aws, new AccessKeyPair(key.accessKeyId(), "wrong"));
        assertEquals(
                403,
                refused("SignatureDoesNotMatch", () -> wrong.iam().getAccountSummary())
                        .statusCode());
        Clients unknown = Clients.of(aws, new AccessKeyPair("AKIAUNKNOWN", "wrong"));
        refused("InvalidClientTokenId", () -> unknown.sts().getCallerIdentity());
        CloudTrailClient trail = unknown.cloudTrail(Region.US_EAST_1);
        refused("UnrecognizedClientException", () -> trail.lookupEvents());
        account.root().deactivateKey(key.accessKeyId());
        refused("InvalidClientTokenId", () -> iam.getAccountSummary());
    }

    @Test
    void refusesUnsignedCalls() throws Exception {
        HttpRequest unsigned = HttpRequest.newBuilder(aws.endpoint())
                .POST(HttpRequest.BodyPublishers.ofString("Action=GetAccountSummary&Version=2010-05-08"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(unsigned, HttpResponse.BodyHandlers.ofString());
        assertEquals(403, answer.statusCode());
        String requestId = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertEquals(
                "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type>"
                        + "<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token"
                        + "</Message></Error><RequestId>" + requestId + "</RequestId></ErrorResponse>",
                answer.body());
    }

    @Test
    void injectsFaultAsOftenAsConfigured() {
        aws.faults().failNext("GenerateCredentialReport", 1, 409, "LimitExceeded", "Too many");
        refused("LimitExceeded", () -> iam.generateCredentialReport());
        aws.faults().throttleNext("iam:GetAccountSummary", 1);
        assertTrue(refused("Throttling", () -> iam.getAccountSummary()).isThrottlingException());
        aws.faults().malformedNext("GetAccountSummary", 1);
        assertThrows(SdkClientException.class, () -> iam.getAccountSummary());
        aws.faults().truncateNext("GetAccountSummary", 1);
        assertThrows(SdkClientException.class, () -> iam.getAccountSummary());
        aws.faults().dropConnection("GetAccountSummary", 1);
        assertThrows(SdkClientException.class, () -> iam.getAccountSummary());
        aws.faults().delay("GetAccountSummary", Duration.ofMillis(1));
        iam.getAccountSummary();
        aws.faults().deny("*", "iam:GetAccountSummary");
        assertTrue(refused("AccessDenied", () -> iam.getAccountSummary())
                .getMessage()
                .contains("with an explicit deny in a service control policy"));
        aws.faults().clear();
        iam.getAccountSummary();
    }

    @Test
    void recordsCalls() {
        aws.clearCalls();
        iam.listUsers();
        assertThrows(NoSuchEntityException.class, () -> iam.getUser(user -> user.userName("bob")));
        List<RecordedCall> calls = aws.calls();
        assertEquals(2, calls.size());
        assertEquals(
                new RecordedCall(
                        NOW,
                        "iam",
                        "GetUser",
                        "arn:aws:iam::123456789012:root",
                        account.rootKey().accessKeyId(),
                        Map.of("UserName", "bob"),
                        404,
                        "NoSuchEntity"),
                calls.get(1));
        assertNull(calls.get(0).errorCode());
    }

    @Test
    void consolePageChangesRootUser() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        URI page = aws.endpoint().resolve("/console/" + ID);
        HttpResponse<String> seen =
                browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(seen.body().contains("This is not AWS."));
        for (String button : List.of("virtual", "hardware", "password")) {
            HttpRequest click = HttpRequest.newBuilder(page)
                    .POST(HttpRequest.BodyPublishers.ofString("do=" + button))
                    .build();
            seen = browser.send(click, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, seen.statusCode());
        }
        assertTrue(seen.body().contains("arn:aws:iam::123456789012:mfa/root-"));
        assertEquals(2, account.root().mfaDevices().size());
        assertEquals(NOW, account.root().passwordLastUsed());
        assertEquals(
                404,
                browser.send(
                                HttpRequest.newBuilder(aws.endpoint().resolve("/console/000000000000"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode());
    }

    @Test
    void reportsNoFeaturesWithoutOrganization() {
        assertThrows(OrganizationNotFoundException.class, () -> iam.listOrganizationsFeatures(request -> {}));
        refused(
                "AccessDenied",
                () -> root.sts()
                        .assumeRoot(request -> request.targetPrincipal(ID)
                                .taskPolicyArn(arn ->
                                        arn.arn("arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"))));
    }
}
