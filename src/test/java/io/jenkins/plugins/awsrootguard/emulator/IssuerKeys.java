package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;

/** Reads the RSA keys that an OIDC issuer publishes (OpenID Connect Discovery 1.0, RFC 7517). Does not cache them. */
final class IssuerKeys {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(TIMEOUT)
            .build();

    /** Finds the key with this id; null if the issuer has no such key. */
    PublicKey find(String issuer, String kid) throws IOException, GeneralSecurityException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode configuration = read(base + "/.well-known/openid-configuration");
        if (!issuer.equals(configuration.path("issuer").asText())) {
            throw new IOException("The configuration is of issuer " + configuration.path("issuer"));
        }
        for (JsonNode key : read(configuration.path("jwks_uri").asText()).path("keys")) {
            if (!kid.isEmpty()
                    && kid.equals(key.path("kid").asText())
                    && key.path("kty").asText().equals("RSA")) {
                return rsa(key);
            }
        }
        return null;
    }

    private JsonNode read(String url) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode() + " from " + url);
            }
            return JSON.readTree(response.body());
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static BigInteger number(JsonNode key, String name) throws GeneralSecurityException {
        try {
            return new BigInteger(
                    1, Base64.getUrlDecoder().decode(key.path(name).asText()));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
