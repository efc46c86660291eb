package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.evidence.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file that a report refers to.
 *
 * @param what for a person
 * @param size for a person, for example {@code 1.2 kB}
 * @param sha256 of the file as it is now, in hexadecimal
 * @param warning what is wrong with it; null when nothing is
 */
public record EvidenceFile(String name, String what, String size, String sha256, String warning) {

    static final String CREDENTIAL_REPORT = "credential-report.csv";

    /** The evidence files that are in a folder. */
    public static List<EvidenceFile> in(Path dir, AccountState state) throws IOException {
        List<EvidenceFile> found = new ArrayList<>();
        Path report = dir.resolve(CREDENTIAL_REPORT);
        if (Files.isRegularFile(report)) {
            String actual = Sha256.of(report);
            found.add(of(report, "IAM credential report, as AWS gave it", actual, warning(state, actual)));
        }
        add(found, dir.resolve("findings.json"), "Findings, for programs");
        add(found, dir.resolve("findings.csv"), "Findings, for a spreadsheet");
        return found;
    }

    private static void add(List<EvidenceFile> all, Path file, String what) throws IOException {
        if (Files.isRegularFile(file)) {
            all.add(of(file, what, Sha256.of(file), null));
        }
    }

    private static EvidenceFile of(Path file, String what, String sha256, String warning) throws IOException {
        return new EvidenceFile(String.valueOf(file.getFileName()), what, size(Files.size(file)), sha256, warning);
    }

    /** The file may be left from an earlier run, or have been changed since it was read. */
    private static String warning(AccountState state, String actual) {
        if (state.facts() == null || !state.facts().report().isKnown()) {
            return "From an earlier run: these findings rest on no credential report.";
        }
        String expected = state.facts().report().get().sha256();
        return expected.equalsIgnoreCase(actual)
                ? null
                : "Not the report that these findings rest on: that had SHA-256 " + expected + ".";
    }

    private static String size(long bytes) {
        return bytes < 1000 ? bytes + " bytes" : String.format(Locale.ENGLISH, "%.1f kB", bytes / 1000.0);
    }
}
