package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The SDK signs with AWS's time where this machine's is another. But the ages of keys are counted by this machine's: were that months
 * ahead, a key that was used yesterday would be one that nobody needs.
 */
class WrongClockTest {

    private static final String ENDPOINT = "aws.endpointUrl";
    private static final String BODY = """
            <GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>\
            <Arn>arn:aws:iam::123456789012:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>""";

    private ServerSocket server;
    private volatile Instant now;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "aws");
        thread.setDaemon(true);
        thread.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(ENDPOINT);
        server.close();
    }

    /** Not the JDK's own web server, which always tells the time of this machine. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                read(socket.getInputStream());
                String head =
                        "HTTP/1.1 200 OK\r\nx-amzn-RequestId: 1\r\nContent-Type: text/xml\r\nConnection: close\r\nDate: "
                                + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC))
                                + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
                socket.getOutputStream().write((head + BODY).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    private static void read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
    }

    private static AccountConnection connect() {
        return EngineFixture.connect(new AccessKeyPair("AKIAIOSFODNN7EXAMPLE", "secret"));
    }

    @Test
    void aClockThatIsMonthsAheadIsSaidAndNothingIsRead() {
        now = Instant.now().minus(Duration.ofDays(100));
        String message =
                assertThrows(AwsAccessException.class, () -> connect().close()).getMessage();
        assertTrue(message.contains("the time of this machine is 2400 hours ahead of AWS's"), message);
    }

    @Test
    void aClockThatIsBehindIsSaidToo() {
        now = Instant.now().plus(Duration.ofDays(2));
        String message =
                assertThrows(AwsAccessException.class, () -> connect().close()).getMessage();
        assertTrue(message.contains("behind AWS's"), message);
    }

    @Test
    void someMinutesDoNotMatter() {
        now = Instant.now().plus(Duration.ofMinutes(20));
        try (AccountConnection c = connect()) {
            assertEquals("123456789012", c.accountId());
        }
    }
}
