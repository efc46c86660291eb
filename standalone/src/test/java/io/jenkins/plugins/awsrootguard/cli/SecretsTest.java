package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * No secret that the command line works with is found in anything that it prints, writes, throws or logs: neither one of the
 * credentials that it was given, nor one of a session that AWS gave it. In a process of its own, for the logging's sake.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsTest {

    /**
     * What the SDK itself says to SLF4J at TRACE (the headers that it signs) and DEBUG (the message of an error), with session
     * tokens in it. This process listens to it; in the command line SLF4J is bound to nothing ({@link #nothingListensToTheSdk}).
     */
    private static final List<String> OF_THE_SDK = List.of(
            " software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
            " software.amazon.awssdk.retries.internal.DefaultStandardRetryStrategy");

    @TempDir
    Path dir;

    @Test
    void nothingListensToTheSdk() {
        assertInstanceOf(NOPLoggerFactory.class, LoggerFactory.getILoggerFactory());
    }

    @Test
    void theHttpClientLogsToNothing() {
        Log log = LogFactory.getLog("org.apache.http.wire");
        assertFalse(log.isFatalEnabled(), log.getClass().getName());
    }

    @Test
    void noSecretIsFoundAnywhere() throws IOException, InterruptedException {
        Path said = dir.resolve("said");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.provider=" + CapturedLogs.class.getName(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretsRun.class.getName(),
                        dir.resolve("run").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = run.waitFor();
        List<String> lines = Files.readAllLines(said);
        assertEquals(0, code, lines::toString);

        assertEquals(
                List.of(),
                lines.stream()
                        .filter(l -> l.startsWith("LEAK"))
                        .filter(l -> OF_THE_SDK.stream().noneMatch(l::endsWith))
                        .toList());
        assertTrue(count(lines, "secrets") > 20, lines::toString);
        assertTrue(count(lines, "printed") > 20, lines::toString);
        assertTrue(count(lines, "file") > 60, lines::toString);
        assertTrue(count(lines, "exception") > 5, lines::toString);
        assertTrue(lines.contains("logger software.amazon.awssdk.request"), "the SDK's log was captured: " + lines);
    }

    private static int count(List<String> lines, String kind) {
        return lines.stream()
                .filter(l -> l.startsWith(kind + " "))
                .mapToInt(l -> Integer.parseInt(l.substring(kind.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
