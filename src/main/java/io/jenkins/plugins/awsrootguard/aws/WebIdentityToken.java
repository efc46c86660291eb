package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An OIDC token (a signed JWT), and its claims for messages. AWS verifies it, not this class. Never printed.
 *
 * @param text the token itself, a secret
 */
public record WebIdentityToken(String text, String issuer, String subject, String audience) {

    /** AWS accepts up to 20,000 characters. */
    private static final Pattern JWT =
            Pattern.compile("(?=.{10,20000}$)[\\w-]{1,20000}\\.[\\w-]{1,20000}\\.[\\w-]{1,20000}");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a token.
     *
     * @param field where it comes from, for the error
     * @throws InvalidInputException when it is not a signed JWT; does not repeat it
     */
    public static WebIdentityToken parse(String field, String text) {
        String token = text.trim();
        if (JWT.matcher(token).matches()) {
            try {
                JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
                if (claims != null && claims.hasNonNull("iss")) {
                    return new WebIdentityToken(
                            token, claim(claims, "iss"), claim(claims, "sub"), claim(claims, "aud"));
                }
            } catch (IOException | IllegalArgumentException e) {
                // Below. The exception could repeat the token.
            }
        }
        throw new InvalidInputException(
                field,
                "does not hold a signed OIDC token with an issuer. Use an AWS credential, or one of an OpenID Connect"
                        + " identity provider.");
    }

    private static String claim(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        return Printable.text(value.isTextual() ? value.asText() : value.toString(), 160);
    }

    @Override
    public String toString() {
        return "issuer " + issuer + ", subject " + subject + ", audience " + audience;
    }
}
