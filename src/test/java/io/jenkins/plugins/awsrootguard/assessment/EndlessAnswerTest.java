package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer that is longer than any of AWS's, and does not say so before, fills no memory. */
class EndlessAnswerTest {

    private static final String ENDPOINT = "aws.endpointUrl";
    private static final int CHUNK = 1024 * 1024;
    /** In MiB. Far more than the longest answer that is read. */
    private static final int LENGTH = 96;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private boolean packed;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        System.clearProperty(ENDPOINT);
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "1");
        if (packed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, 0);
        byte[] some = new byte[CHUNK];
        Arrays.fill(some, (byte) 'a');
        try (exchange;
                OutputStream raw = exchange.getResponseBody();
                OutputStream out = packed ? new GZIPOutputStream(raw) : raw) {
            out.write("<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < LENGTH; i++) {
                out.write(some);
            }
            out.write("</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String refusal() {
        return assertThrows(
                        AwsAccessException.class,
                        () -> EngineFixture.connect(new AccessKeyPair("AKIAIOSFODNN7EXAMPLE", "secret"))
                                .close())
                .getMessage();
    }

    @Test
    void itIsNotKept() {
        String refusal = refusal();
        assertTrue(refusal.contains("more than any of AWS's"), refusal);
    }

    @Test
    void packedItIsNotUnpacked() {
        packed = true;
        String refusal = refusal();
        assertTrue(refusal.contains("the response is compressed"), refusal);
    }
}
