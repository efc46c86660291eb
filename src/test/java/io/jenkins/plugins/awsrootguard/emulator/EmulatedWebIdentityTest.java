package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/** AssumeRoleWithWebIdentity with tokens of a {@link TestIssuer}. */
class EmulatedWebIdentityTest extends EmulatorFixture {

    private static final Map<String, Object> CLAIMS = Map.of("aud", "sts.amazonaws.com", "sub", "job/audit");

    private TestIssuer issuer;
    private EmulatedRole role;
    private String provider;

    @BeforeEach
    void createRole() {
        issuer = TestIssuer.start(clock);
        provider = account.createOidcProvider(issuer.issuer(), "sts.amazonaws.com", "other");
        role = account.createRole("Audit")
                .trustPolicy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%1$s"},
                  "Condition": {"StringEquals": {"%2$s:aud": "sts.amazonaws.com"}, "StringLike": {"%2$s:sub": "job/*"}}}]}
                """.formatted(provider, issuer.issuer().substring("http://".length())));
        role.attachedPolicies().add(account.administratorAccess());
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private AssumeRoleWithWebIdentityResponse assume(String token) {
        return root.sts()
                .assumeRoleWithWebIdentity(request ->
                        request.roleArn(role.arn()).roleSessionName("build-7").webIdentityToken(token));
    }

    private String refusal(String code, String token) {
        return refused(code, () -> assume(token)).awsErrorDetails().errorMessage();
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = new TreeMap<>(CLAIMS);
        claims.put(name, value);
        return claims;
    }

    @Test
    void tokenOfProviderOpensSession() {
        AssumeRoleWithWebIdentityResponse response = assume(issuer.token(CLAIMS));

        assertEquals("job/audit", response.subjectFromWebIdentityToken());
        assertEquals("sts.amazonaws.com", response.audience());
        assertEquals(issuer.issuer(), response.provider());
        assertEquals(NOW.plusSeconds(3600), response.credentials().expiration());
        assertTrue(response.assumedRoleUser().assumedRoleId().endsWith(":build-7"));
        Clients session = Clients.of(aws, response.credentials());
        assertEquals(
                "arn:aws:sts::123456789012:assumed-role/Audit/build-7",
                session.sts().getCallerIdentity().arn());
        assertEquals(
                session.sts().getCallerIdentity().arn(),
                response.assumedRoleUser().arn());
        session.iam().listUsers();
    }

    @Test
    void callIsRecordedWithoutToken() {
        String token = issuer.token(CLAIMS);
        aws.clearCalls();
        assume(token);

        RecordedCall call = aws.calls().get(0);
        assertEquals("AssumeRoleWithWebIdentity", call.action());
        assertEquals(
                Map.of("RoleArn", role.arn(), "RoleSessionName", "build-7", "WebIdentityToken", "hidden"),
                call.parameters());
        assertEquals(provider, call.principalArn());
        assertNull(call.accessKeyId(), "the call is unsigned");
        assertFalse(aws.calls().toString().contains(token));
        assertTrue(aws.secrets().contains(token));
        assertEquals(1, issuer.tokensIssued());
    }

    @Test
    void refusesWrongAudience() {
        assertEquals(
                "Incorrect token audience",
                refusal("InvalidIdentityToken", issuer.token(claims("aud", "somebody-else"))));
        assertEquals(
                "Not authorized to perform sts:AssumeRoleWithWebIdentity",
                refusal("AccessDenied", issuer.token(claims("aud", "other"))),
                "a client of the provider that the trust policy excludes");
        assume(issuer.token(claims("aud", List.of("somebody-else", "sts.amazonaws.com"))));
    }

    @Test
    void refusesWrongSubject() {
        String token = issuer.token(claims("sub", "folder/audit"));
        assertEquals(403, refused("AccessDenied", () -> assume(token)).statusCode());
    }

    @Test
    void refusesExpiredToken() {
        String token = issuer.token(CLAIMS);
        clock.advance(Duration.ofHours(1));
        long now = clock.instant().getEpochSecond();
        assertEquals(
                "Token expired: current date/time " + now + " must be before the expiration date/time " + now,
                refusal("ExpiredTokenException", token));
    }

    @Test
    void refusesSignatureOfOtherKey() {
        try (TestIssuer other = TestIssuer.start(clock)) {
            String message = refusal("InvalidIdentityToken", other.token(claims("iss", issuer.issuer())));
            assertTrue(message.startsWith("Couldn't retrieve verification key from your identity provider"), message);
        }
    }

    @Test
    void refusesTokenWhenKeysAreUnreachable() {
        String token = issuer.token(CLAIMS);
        issuer.close();
        String message = refusal("InvalidIdentityToken", token);
        assertTrue(message.startsWith("Couldn't retrieve verification key from your identity provider"), message);
    }

    @Test
    void refusesIssuerWithoutProvider() {
        try (TestIssuer other = TestIssuer.start(clock)) {
            assertEquals(
                    "No OpenIDConnect provider found in your account for " + other.issuer(),
                    refusal("InvalidIdentityToken", other.token(CLAIMS)));
        }
        assertTrue(refusal("InvalidIdentityToken", "not.a.token").contains("is not a valid JWT"));
    }

    @Test
    void refusesRoleThatTrustsOnlyAccounts() {
        role.trusting(account);
        refusal("AccessDenied", issuer.token(CLAIMS));
    }

    @Test
    void sessionTagsOfTokenNeedTagSession() {
        Map<String, Object> claims =
                claims("https://aws.amazon.com/tags", Map.of("principal_tags", Map.of("Project", List.of("Payments"))));
        assertEquals("Not authorized to perform sts:TagSession", refusal("AccessDenied", issuer.token(claims)));
        role.trustPolicy("""
                {"Statement": {"Effect": "Allow", "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
                  "Principal": {"Federated": "%s"},
                  "Condition": {"StringEquals": {"aws:RequestTag/Project": "Payments"}}}}
                """.formatted(provider));
        assume(issuer.token(claims));
    }
}
