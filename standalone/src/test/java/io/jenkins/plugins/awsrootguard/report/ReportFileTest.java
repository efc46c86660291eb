package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @TempDir
    Path dir;

    @Test
    void showsTheAccountOnReportOfOneAccount() throws IOException {
        FolderStore store = new FolderStore(() -> dir.resolve("store"));
        store.update(Fixtures.ACCOUNT, before -> Fixtures.judged(), false);

        ReportFile.writeAll(store, new RunReport(store.header().orElse(null), store.accounts(), false), Set.of(), dir.resolve("out"), true);

        String html = Files.readString(dir.resolve("out/report.html"));
        assertTrue(html.contains("Enable MFA for the root user"), html);
        assertFalse(Files.exists(dir.resolve("out").resolve(Fixtures.ACCOUNT)));
        FindingsSchemaTest.assertValid(Files.readString(dir.resolve("out/findings.json")));
        assertFalse(Files.exists(dir.resolve("out/accounts.csv")));
    }

    @Test
    void linksToThePagesOfTwoAccounts() throws IOException {
        FolderStore store = new FolderStore(() -> dir.resolve("store"));
        store.update(Fixtures.ACCOUNT, before -> Fixtures.judged(), false);
        store.update("210987654321", before -> underId("210987654321", Fixtures.judged()), false);

        ReportFile.writeAll(store, new RunReport(store.header().orElse(null), store.accounts(), false), Set.of(), dir.resolve("out"), true);

        String html = Files.readString(dir.resolve("out/report.html"));
        assertTrue(html.contains("<a href=\"210987654321/report.html\">"), html);
        assertTrue(html.contains("2 accounts: 2 at risk."), html);
        FindingsSchemaTest.assertValid(Files.readString(dir.resolve("out/findings.json")));
        assertEquals(3, Files.readAllLines(dir.resolve("out/accounts.csv")).size());
    }

    @Test
    void streamsEachFileOfOneAccountAmongMany() throws IOException {
        FolderStore store = new FolderStore(() -> dir.resolve("store"));
        store.update(Fixtures.ACCOUNT, before -> Fixtures.judged(), false);
        store.update("210987654321", before -> underId("210987654321", Fixtures.judged()), false);
        RunReport one = RunReport.of(store, Fixtures.ACCOUNT, false).orElseThrow();

        assertTrue(text(store, one, ReportFile.REPORT).contains("Enable MFA for the root user"));
        FindingsSchemaTest.assertValid(text(store, one, ReportFile.FINDINGS_JSON));
        assertFalse(text(store, one, ReportFile.FINDINGS_CSV).contains("210987654321"));
    }

    private static String text(FolderStore store, RunReport run, ReportFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(store, run, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static AccountState underId(String accountId, AccountState s) {
        return new AccountState(
                accountId,
                s.reading(),
                s.facts(),
                s.assessedAt(),
                s.findings(),
                s.plan(),
                s.plannedAt(),
                s.approval(),
                s.changes(),
                s.securedAt(),
                s.validation(),
                s.validatedAt());
    }
}
