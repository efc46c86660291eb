package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import java.util.TreeMap;

/** Verifies the token of AssumeRoleWithWebIdentity: provider, signature, expiry and audience, in this order. */
final class WebIdentityAuthenticator {

    private static final String TAGS = "https://aws.amazon.com/tags";

    private final EmbeddedAws aws;
    private final IssuerKeys keys = new IssuerKeys();

    WebIdentityAuthenticator(EmbeddedAws aws) {
        this.aws = aws;
    }

    Principal authenticate(AwsRequest request) {
        String encoded = request.required("WebIdentityToken");
        aws.webIdentityTokens().add(encoded);
        RoleArn role = RoleArn.parse(request.required("RoleArn"));
        if (role == null) {
            throw AwsException.validation("Request ARN is invalid");
        }
        Jwt token = Jwt.parse(encoded);
        String issuer = token.required("iss").asText();
        EmulatedAccount account = aws.account(role.accountId());
        OidcProvider provider = account == null ? null : account.oidcProvider(issuer);
        if (provider == null) {
            throw invalid("No OpenIDConnect provider found in your account for " + issuer);
        }
        verifySignature(token, issuer);
        verifyExpiry(token);
        String audience = audience(token, provider);
        return Principal.of(
                account, new WebIdentity(provider, token.required("sub").asText(), audience, tags(token)));
    }

    private void verifySignature(Jwt token, String issuer) {
        boolean verified = false;
        try {
            PublicKey key = keys.find(issuer, token.kid());
            verified = key != null && token.isSignedBy(key);
        } catch (IOException | GeneralSecurityException e) {
            // AWS reports no cause.
        }
        if (!verified) {
            // The two spaces are AWS's.
            throw invalid("Couldn't retrieve verification key from your identity provider,  please reference"
                    + " AssumeRoleWithWebIdentity documentation for requirements");
        }
    }

    private void verifyExpiry(Jwt token) {
        long now = aws.clock().instant().getEpochSecond();
        long expiry = token.required("exp").asLong();
        if (now >= expiry) {
            throw new AwsException(
                    400,
                    "ExpiredTokenException",
                    "Token expired: current date/time " + now + " must be before the expiration date/time " + expiry);
        }
    }

    private static String audience(Jwt token, OidcProvider provider) {
        return PolicyDocument.values(token.required("aud")).stream()
                .filter(provider.clientIds()::contains)
                .findFirst()
                .orElseThrow(() -> invalid("Incorrect token audience"));
    }

    /** The session tags that the token requests. */
    private static Map<String, String> tags(Jwt token) {
        Map<String, String> tags = new TreeMap<>();
        for (Map.Entry<String, JsonNode> tag :
                token.claims().path(TAGS).path("principal_tags").properties()) {
            tags.put(tag.getKey(), String.join("", PolicyDocument.values(tag.getValue())));
        }
        return tags;
    }

    private static AwsException invalid(String message) {
        return new AwsException(400, "InvalidIdentityToken", message);
    }
}
