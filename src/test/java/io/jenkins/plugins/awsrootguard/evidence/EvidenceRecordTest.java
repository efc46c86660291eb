package io.jenkins.plugins.awsrootguard.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record that an auditor verifies. */
class EvidenceRecordTest {

    @TempDir
    Path dir;

    private EvidenceRecord record;
    private Path file;

    @BeforeEach
    void threeCalls() throws IOException {
        record = new EvidenceRecord(dir);
        file = dir.resolve(EvidenceRecord.FILE);
        record.append(List.of(call("iam:GetAccountSummary"), call("iam:ListAccessKeys")));
        record.append(List.of(call("iam:DeleteAccessKey")));
    }

    private static EvidenceEntry call(String action) {
        CallRecord call = new CallRecord(Instant.parse("2026-11-24T10:00:00Z"), action, CallRecord.OK, "id-" + action);
        return EvidenceEntry.call(call, "alice, job #7", "123456789012");
    }

    @Test
    void whatWasWrittenIsWhole() throws IOException {
        assertEquals(Optional.empty(), record.firstFlaw());
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).contains("\"what\":\"iam:DeleteAccessKey\""), lines.get(2));
        assertTrue(lines.get(2).contains("\"requestId\":\"id-iam:DeleteAccessKey\""), lines.get(2));
        assertFalse(lines.get(2).contains("null"), lines.get(2));
    }

    @Test
    void aChangedLineShows() throws IOException {
        Files.writeString(file, Files.readString(file).replace("iam:ListAccessKeys\"", "iam:ListUsers\""));
        assertEquals(Optional.of("line 3 does not follow from the line before it"), record.firstFlaw());
    }

    @Test
    void aLineTakenOutShows() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(1);
        Files.write(file, lines);
        assertEquals(Optional.of("line 2 does not follow from the line before it"), record.firstFlaw());
    }

    @Test
    void linesInAnotherOrderShow() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.swap(lines, 0, 1);
        Files.write(file, lines);
        assertEquals(Optional.of("line 1 does not follow from the line before it"), record.firstFlaw());
    }

    @Test
    void aLineCutOffAtTheEndShowsToWhoHasTheLastHash() throws IOException {
        Optional<String> before = record.hash();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 2));
        assertEquals(Optional.empty(), record.firstFlaw());
        assertFalse(before.equals(record.hash()));
    }

    @Test
    void aLineTornByACrashStaysAndShowsAndTheRestGoesOn() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 20));
        record.append(List.of(call("iam:GetAccountSummary")));
        List<String> lines = Files.readAllLines(file);
        assertEquals(4, lines.size());
        assertEquals(Optional.of("line 3 is no whole entry; it may have been cut off by a crash"), record.firstFlaw());
    }

    @Test
    void theFilesAreStillKnownAfterACrashToreALine() throws IOException {
        record.append(List.of(EvidenceEntry.file(Instant.EPOCH, "job #7", "123456789012", "findings.json", "ab12")));
        Files.writeString(file, Files.readString(file) + "{\"kind\":\"fi");
        assertEquals(Map.of("findings.json", "ab12"), record.files());
    }

    @Test
    void theLastLinesHashIsWhatSha256sumSays() throws Exception {
        List<String> lines = Files.readAllLines(file);
        Path last = Files.writeString(dir.resolve("last"), lines.get(2));
        assertEquals(record.hash(), Optional.of(Sha256.of(last)));
    }

    @Test
    void aRunThatIsBeingStoppedStillRecordsWhatItDid() throws IOException {
        Thread.currentThread().interrupt();
        try {
            record.append(List.of(call("iam:DeleteSigningCertificate")));
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is still to be acted on");
        }
        assertEquals(4, Files.readAllLines(file).size());
        assertEquals(Optional.empty(), record.firstFlaw());
    }

    @Test
    void aLongRecordIsGoneOnFromItsLastLineHoweverLongThatIs() throws IOException {
        record.append(List.of(call("x".repeat(30_000))), false);
        record.append(List.of(call("y".repeat(10)), call("ü".repeat(9_000))), false);
        record.append(List.of(call("iam:GetAccountSummary")));
        assertEquals(Optional.empty(), record.firstFlaw());
        assertEquals(7, Files.readAllLines(file).size());
    }
}
