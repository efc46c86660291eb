package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceWriter;
import io.jenkins.plugins.awsrootguard.facts.Sha256;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A file that can be downloaded: the credential report as AWS gave it, or one that is made of the account's state. */
@Restricted(NoExternalUse.class)
public record EvidenceFile(Kind kind, byte[] content) {

    /** The files, in the order of the page. */
    public enum Kind {
        CREDENTIAL_REPORT("credential-report.csv", "text/csv;charset=UTF-8"),
        FINDINGS_JSON("findings.json", "application/json;charset=UTF-8"),
        FINDINGS_CSV("findings.csv", "text/csv;charset=UTF-8"),
        RECORD(EvidenceWriter.FILE, "application/jsonl;charset=UTF-8");

        private final String fileName;
        private final String contentType;

        Kind(String fileName, String contentType) {
            this.fileName = fileName;
            this.contentType = contentType;
        }

        public String fileName() {
            return fileName;
        }

        String contentType() {
            return contentType;
        }

        /** What is in it, in a few words. */
        public String description() {
            return switch (this) {
                case CREDENTIAL_REPORT -> Messages.EvidenceFile_credentialReport();
                case FINDINGS_JSON -> Messages.EvidenceFile_findingsJson();
                case FINDINGS_CSV -> Messages.EvidenceFile_findingsCsv();
                case RECORD -> Messages.EvidenceFile_record();
            };
        }

        static Optional<Kind> of(String fileName) {
            return Arrays.stream(values())
                    .filter(k -> k.fileName.equals(fileName))
                    .findFirst();
        }
    }

    /** The file as it is now; empty when the build has nothing to make it of. */
    static Optional<EvidenceFile> of(Kind kind, BuildStore action, String accountId, AccountState state) {
        try {
            return switch (kind) {
                case CREDENTIAL_REPORT ->
                    action.accounts().credentialReport(accountId).map(c -> new EvidenceFile(kind, c));
                case FINDINGS_JSON ->
                    state == null ? Optional.empty() : Optional.of(new EvidenceFile(kind, json(state)));
                case FINDINGS_CSV ->
                    state == null || state.findings() == null
                            ? Optional.empty()
                            : Optional.of(new EvidenceFile(kind, csv(state)));
                case RECORD -> record(kind, action, accountId);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("The build's file " + kind.fileName() + " can't be read", e);
        }
    }

    private static Optional<EvidenceFile> record(Kind kind, BuildStore action, String accountId) throws IOException {
        Path file = action.accounts().folder(accountId).resolve(EvidenceWriter.FILE);
        return Files.exists(file) ? Optional.of(new EvidenceFile(kind, Files.readAllBytes(file))) : Optional.empty();
    }

    /** In hexadecimal. */
    public String sha256() {
        return Sha256.of(content);
    }

    public String sizeText() {
        return content.length < 1024 ? content.length + " B" : (content.length + 512) / 1024 + " KiB";
    }

    private static byte[] json(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsJson.write(state, out);
        return out.toByteArray();
    }

    private static byte[] csv(AccountState state) throws IOException {
        StringWriter out = new StringWriter();
        FindingsCsv.write(state, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
