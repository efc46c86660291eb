package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading.Outcome;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceEntry;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    Path dir;

    private FolderStore open() {
        return new FolderStore(() -> dir.resolve("store"));
    }

    private static AccountState state(String id, Instant run) {
        AccountState judged = Fixtures.judged();
        AccountReading reading = new AccountReading(run, "prod", "ACTIVE", Outcome.READ, null, 7);
        return new AccountState(
                id,
                reading,
                judged.facts(),
                judged.assessedAt(),
                judged.findings(),
                judged.plan(),
                judged.plannedAt(),
                null,
                List.of(),
                null,
                null,
                null);
    }

    private static RunHeader organization(Instant began) {
        return new RunHeader(
                Scope.organization(AccountFilter.ALL),
                new Organization("o-a1b2c3d4e5", "111111111111"),
                Partition.AWS,
                "111111111111",
                "arn:aws:iam::111111111111:user/anna",
                null,
                RunPolicy.DEFAULT,
                began,
                null,
                0,
                null);
    }

    private static ChangeRecord change(ChangeRecord.Outcome outcome) {
        return new ChangeRecord(
                "CREATE_ADMIN_USER:x", ChangeKind.CREATE_ADMIN_USER, "Create x", outcome, null, BEGAN, null, "", null);
    }

    private static String id(int n) {
        return String.format("%012d", n);
    }

    private Path stateFile(String id) {
        return open().folder(id).resolve("state.json");
    }

    @Test
    void isEmptyBeforeAnythingIsStored() {
        FolderStore store = open();
        assertTrue(store.header().isEmpty());
        assertTrue(store.state(id(1)).isEmpty());
        assertEquals(List.of(), store.accounts());
        assertTrue(store.isEmpty());
    }

    @Test
    void isEmptyWhenOnlyCallsToAnAccountWereRecorded() {
        FolderStore store = open();
        store.saveCredentialReport(id(1), new byte[] {1});
        assertTrue(store.isEmpty());
        store.update(id(1), s -> state(id(1), BEGAN), true);
        assertFalse(open().isEmpty());
    }

    @Test
    void readsBackWhatWasStored() {
        FolderStore store = open();
        AccountState stored = store.update(id(1), s -> state(id(1), BEGAN), true);
        store.write(organization(BEGAN));
        store.saveCredentialReport(id(1), new byte[] {1, 2, 3});
        store.flush();

        FolderStore again = open();
        assertEquals(organization(BEGAN), again.header().orElseThrow());
        assertEquals(stored, again.state(id(1)).orElseThrow());
        assertEquals(AccountEntry.of(stored), again.account(id(1)).orElseThrow());
        assertArrayEquals(new byte[] {1, 2, 3}, again.credentialReport(id(1)).orElseThrow());
    }

    @Test
    void findsChangesOfProcessKilledBeforeItWroteIndex() {
        FolderStore killed = open();
        killed.update(id(1), s -> state(id(1), BEGAN), false);
        killed.flush();
        killed.update(id(1), s -> s.withChange(change(ChangeRecord.Outcome.STARTED)), true);
        killed.update(id(2), s -> state(id(2), BEGAN), true);

        List<AccountEntry> found = open().accounts();

        assertEquals(List.of(id(1), id(2)), found.stream().map(AccountEntry::id).toList());
        assertEquals(1, found.get(0).failed());
    }

    @Test
    void listsOnlyAccountsOfOrganizationsLastRun() {
        FolderStore store = open();
        store.write(organization(BEGAN));
        store.update(id(1), s -> state(id(1), BEGAN), false);
        Instant later = BEGAN.plusSeconds(60);
        store.write(organization(later));
        store.update(id(2), s -> state(id(2), later), false);

        assertEquals(
                List.of(id(2)), store.accounts().stream().map(AccountEntry::id).toList());
        assertTrue(store.state(id(1)).isPresent(), "the earlier state is kept");
    }

    @Test
    void damagedFileIsNamedAndHidesNoOtherAccount() throws IOException {
        FolderStore store = open();
        store.write(organization(BEGAN));
        store.update(id(1), s -> state(id(1), BEGAN), false);
        store.update(id(2), s -> state(id(2), BEGAN), false);
        store.flush();
        Files.writeString(stateFile(id(1)), "{\"schema\":1,\"accountId\":");

        FolderStore again = open();
        List<AccountEntry> found = again.accounts();

        assertEquals(List.of(id(1), id(2)), found.stream().map(AccountEntry::id).toList());
        assertEquals(Unread.Kind.DAMAGED, found.get(0).reading().cause().kind());
        assertEquals(Outcome.READ, found.get(1).reading().outcome());
        String message = assertThrows(UncheckedIOException.class, () -> again.state(id(1)))
                .getMessage();
        assertTrue(message.contains(stateFile(id(1)).toString()), message);
        assertThrows(UncheckedIOException.class, () -> again.update(id(1), s -> s, true));
    }

    @Test
    void stateOfAnotherAccountIsDamaged() throws IOException {
        open().update(id(1), s -> state(id(1), BEGAN), false);
        Files.createDirectories(open().folder(id(2)));
        Files.copy(stateFile(id(1)), stateFile(id(2)));
        assertThrows(UncheckedIOException.class, () -> open().state(id(2)));
    }

    @Test
    void damagedIndexIsMadeAgain() throws IOException {
        FolderStore store = open();
        store.update(id(1), s -> state(id(1), BEGAN), false);
        store.flush();
        Files.writeString(dir.resolve("store/index.json"), "{\"0000");
        assertEquals(1, open().accounts().size());
    }

    @Test
    void losesNoConcurrentUpdate() {
        FolderStore store = open();
        store.update(id(1), s -> state(id(1), BEGAN), false);
        IntStream.range(0, 200)
                .parallel()
                .forEach(i -> store.update(id(1 + i % 2), s -> with(s, id(1 + i % 2)), false));
        assertEquals(100, store.state(id(1)).orElseThrow().changes().size());
        assertEquals(100, store.state(id(2)).orElseThrow().changes().size());
        assertEquals(2, store.accounts().size());
    }

    private static AccountState with(AccountState state, String id) {
        return (state == null ? AccountState.unread(id) : state).withChange(change(ChangeRecord.Outcome.SKIPPED));
    }

    @Test
    void failedUpdateLeavesStateAsItWas() {
        FolderStore store = open();
        AccountState before = store.update(id(1), s -> state(id(1), BEGAN), false);
        assertThrows(
                IllegalStateException.class,
                () -> store.update(
                        id(1),
                        s -> {
                            throw new IllegalStateException();
                        },
                        true));
        assertEquals(before, store.state(id(1)).orElseThrow());
    }

    @Test
    void keepsEvidenceOfAccountAndOrganization() throws IOException {
        FolderStore store = open();
        EvidenceEntry entry = new EvidenceEntry(
                BEGAN, EvidenceEntry.Kind.APPROVAL, id(1), "job #7", null, null, null, "anna", "1 change");
        store.record(id(1), List.of(entry, entry), true);
        store.record("o-a1b2c3d4e5", List.of(entry), false);
        store.record(id(2), List.of(), true);
        assertEquals(
                2,
                Files.readAllLines(store.folder(id(1)).resolve("evidence.jsonl"))
                        .size());
        assertEquals(
                1,
                Files.readAllLines(store.folder("o-a1b2c3d4e5").resolve("evidence.jsonl"))
                        .size());
        assertTrue(Files.notExists(store.folder(id(2))));
        assertEquals(List.of(), store.accounts());
    }

    @Test
    void keepsLinesOfEvidenceWholeWhenThreadsRecordAtOnce() throws IOException {
        FolderStore store = open();
        EvidenceEntry entry = new EvidenceEntry(
                BEGAN, EvidenceEntry.Kind.CALL, id(1), "job #7", "iam:GetUser", "OK", null, null, null);
        IntStream.range(0, 200).parallel().forEach(i -> store.record(id(1), List.of(entry, entry), false));
        List<String> lines = Files.readAllLines(store.folder(id(1)).resolve("evidence.jsonl"));
        assertEquals(400, lines.size());
        assertEquals(1, lines.stream().distinct().count());
    }

    @Test
    void lists2000AccountsFast() {
        FolderStore store = open();
        store.write(organization(BEGAN));
        IntStream.range(0, 2000).parallel().forEach(i -> store.update(id(i), s -> state(id(i), BEGAN), false));
        store.flush();
        open().accounts();
        Duration best = IntStream.range(0, 15)
                .mapToObj(i -> {
                    long start = System.nanoTime();
                    assertEquals(2000, open().accounts().size());
                    return Duration.ofNanos(System.nanoTime() - start);
                })
                .min(Duration::compareTo)
                .orElseThrow();
        assertTrue(best.toMillis() < 300, "listing took " + best);
    }
}
