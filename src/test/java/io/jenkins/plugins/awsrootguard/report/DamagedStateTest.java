package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the files have of an account whose stored state is damaged. */
class DamagedStateTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = ReportFile.class,
            names = {"REPORT", "SARIF", "JUNIT", "ASFF", "OCSF", "FINDINGS_JSON"})
    void fileNamesAccountAndReason(ReportFile file) throws IOException {
        FolderStore store = new FolderStore(() -> dir);
        store.update(Fixtures.ACCOUNT, s -> Fixtures.judged(), false);
        store.flush();
        Files.writeString(dir.resolve(Fixtures.ACCOUNT).resolve("state.json"), "{");
        FolderStore damaged = new FolderStore(() -> dir);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(damaged, new RunReport(null, damaged.accounts(), false), out);

        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(Fixtures.ACCOUNT + "/state.json is damaged"), text);
    }
}
