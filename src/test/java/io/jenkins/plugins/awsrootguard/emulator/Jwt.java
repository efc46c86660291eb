package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** A signed JSON Web Token (RFC 7519) in compact form. */
record Jwt(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Jwt parse(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            if (parts.length == 3) {
                JsonNode header = JSON.readTree(decode(parts[0]));
                JsonNode claims = JSON.readTree(decode(parts[1]));
                if (header.isObject() && claims.isObject()) {
                    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
                    return new Jwt(header, claims, signed, decode(parts[2]));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Reported below with AWS's message.
        }
        throw new AwsException(
                400,
                "InvalidIdentityToken",
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    String kid() {
        return header.path("kid").asText();
    }

    /** The value of the claim. Refused if it is missing. */
    JsonNode required(String claim) {
        if (!claims.hasNonNull(claim)) {
            throw new AwsException(400, "InvalidIdentityToken", "Missing a required claim: " + claim);
        }
        return claims.get(claim);
    }

    /** Supports RS256 only. False for another algorithm. */
    boolean isSignedBy(PublicKey key) throws GeneralSecurityException {
        if (!header.path("alg").asText().equals("RS256")) {
            return false;
        }
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
