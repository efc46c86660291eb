package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OIDC identity provider on the loopback interface: its configuration, its keys, and RS256 tokens. All open issuers
 * use the same key id, each with its own key. Thread-safe.
 */
public final class TestIssuer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KID = "test";
    // Generation takes seconds in a test run, so a closed issuer leaves its key to a later one.
    private static final Queue<KeyPair> FREE_KEYS = new ConcurrentLinkedQueue<>();

    private final Clock clock;
    private final HttpServer server;
    private final KeyPair keys;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger tokens = new AtomicInteger();

    private TestIssuer(Clock clock) {
        this.clock = clock;
        try {
            KeyPair free = FREE_KEYS.poll();
            keys = free != null ? free : KeyPairGenerator.getInstance("RSA").generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        publish("/oidc/.well-known/openid-configuration", Map.of("issuer", issuer(), "jwks_uri", issuer() + "/jwks"));
        Map<String, String> jwk = Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KID,
                "n",
                number(key.getModulus()),
                "e",
                number(key.getPublicExponent()));
        publish("/oidc/jwks", Map.of("keys", List.of(jwk)));
    }

    /** Starts on a free port, with the time of the system. */
    public static TestIssuer start() {
        return start(Clock.systemUTC());
    }

    /** @param clock time of the tokens; the same as the emulator's */
    public static TestIssuer start(Clock clock) {
        TestIssuer issuer = new TestIssuer(clock);
        issuer.server.start();
        return issuer;
    }

    /** The issuer URL, for example {@code http://127.0.0.1:49152/oidc}. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/oidc";
    }

    /** Issues a token. The claims replace the defaults: {@code iss}, {@code iat}, and {@code exp} in one hour. */
    public String token(Map<String, Object> claims) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> all = new TreeMap<>(Map.of("iss", issuer(), "iat", now, "exp", now + 3600));
        all.putAll(claims);
        String signed = encode(json(Map.of("alg", "RS256", "typ", "JWT", "kid", KID))) + "." + encode(json(all));
        tokens.incrementAndGet();
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public int tokensIssued() {
        return tokens.get();
    }

    @Override
    public void close() {
        server.stop(0);
        if (closed.compareAndSet(false, true)) {
            FREE_KEYS.add(keys);
        }
    }

    private void publish(String path, Map<String, ?> document) {
        byte[] body = json(document);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        // JWK numbers have no sign.
        return encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static byte[] json(Map<String, ?> value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
