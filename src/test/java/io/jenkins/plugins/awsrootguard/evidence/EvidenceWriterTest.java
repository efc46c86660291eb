package io.jenkins.plugins.awsrootguard.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file {@code evidence.jsonl}. */
class EvidenceWriterTest {

    @TempDir
    Path dir;

    @BeforeEach
    void appendTwoCalls() throws IOException {
        EvidenceWriter.append(dir, List.of(call("iam:GetAccountSummary"), call("iam:ListAccessKeys")), false);
    }

    private static EvidenceEntry call(String action) {
        return new EvidenceEntry(
                Instant.parse("2026-11-24T10:00:00Z"),
                EvidenceEntry.Kind.CALL,
                "123456789012",
                "job #7, started by alice",
                action,
                "OK",
                "id-" + action,
                null,
                null);
    }

    private Path file() {
        return dir.resolve(EvidenceWriter.FILE);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    @Test
    void writesOneJsonObjectPerLineWithoutEmptyFields() throws IOException {
        assertEquals(2, lines().size());
        assertEquals(
                "{\"time\":\"2026-11-24T10:00:00Z\",\"kind\":\"call\",\"account\":\"123456789012\","
                        + "\"principal\":\"job #7, started by alice\",\"action\":\"iam:ListAccessKeys\","
                        + "\"outcome\":\"OK\",\"requestId\":\"id-iam:ListAccessKeys\"}",
                lines().get(1));
    }

    @Test
    void keepsEarlierLinesWhenAppending() throws IOException {
        List<String> before = lines();
        EvidenceWriter.append(dir, List.of(call("iam:DeleteAccessKey")), true);
        assertEquals(before, lines().subList(0, 2));
        assertEquals("iam:DeleteAccessKey", entry(lines().get(2)).path("action").asText());
    }

    @Test
    void startsNewLineAfterLineThatCrashCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 20));
        EvidenceWriter.append(dir, List.of(call("iam:DeleteAccessKey")), true);
        assertEquals(3, lines().size());
        assertEquals("iam:DeleteAccessKey", entry(lines().get(2)).path("action").asText());
    }

    @Test
    void startsNewLineAfterLineWithoutLineBreak() throws IOException {
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
        EvidenceWriter.append(dir, List.of(call("iam:DeleteAccessKey")), true);
        for (String line : lines()) {
            assertTrue(entry(line).isObject(), line);
        }
        assertEquals(3, lines().size());
    }

    @Test
    void appendsToEmptyFileWithoutBlankLine() throws IOException {
        Files.write(file(), new byte[0]);
        EvidenceWriter.append(dir, List.of(call("iam:DeleteAccessKey")), true);
        assertEquals(1, lines().size());
    }

    @Test
    void writesNoFileWithoutEntries() throws IOException {
        Files.delete(file());
        EvidenceWriter.append(dir, List.of(), true);
        assertFalse(Files.exists(file()));
    }

    @Test
    void writesWholeEntryWhenThreadIsInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try {
            EvidenceWriter.append(dir, List.of(call("iam:DeleteSigningCertificate")), true);
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is kept");
        }
        assertEquals(
                "iam:DeleteSigningCertificate",
                entry(lines().get(2)).path("action").asText());
    }

    private static JsonNode entry(String line) throws JsonProcessingException {
        return Json.MAPPER.readTree(line);
    }
}
