package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.phase.AccountState;
import io.jenkins.plugins.awsrootguard.report.FindingsCsv;
import io.jenkins.plugins.awsrootguard.report.FindingsJson;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.StateJson;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of one account: {@code DIR/ACCOUNT_ID/}. Each is replaced as a whole, so a reader never sees half of one. */
final class AccountFolder {

    private static final String STATE = "state.json";

    private final Path dir;
    private final String accountId;

    AccountFolder(Path out, String accountId) throws IOException {
        this.dir = out.resolve(accountId);
        this.accountId = accountId;
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new IOException("the folder " + dir + " can't be made; --out names another place", e);
        }
    }

    Path dir() {
        return dir;
    }

    /**
     * What an earlier run saved; null when there is nothing.
     *
     * @throws UncheckedIOException when it is damaged
     */
    AccountState saved() throws IOException {
        Path file = dir.resolve(STATE);
        if (!Files.exists(file)) {
            return null;
        }
        AccountState state;
        try {
            state = StateJson.read(Files.readAllBytes(file));
        } catch (UncheckedIOException e) {
            throw new IOException(file + ": " + e.getCause().getMessage() + " Move the file away first.", e);
        } catch (RuntimeException e) {
            throw new IOException(file + " is damaged. Move the file away first.", e);
        }
        if (!state.accountId().equals(accountId)) {
            throw new IOException(file + " is of account " + state.accountId() + ". Move the file away first.");
        }
        return state;
    }

    /** Has the state on disk when it returns. */
    void save(AccountState state) {
        try {
            write(STATE, StateJson.write(state), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The credential report, byte for byte. */
    void saveCredentialReport(byte[] csv) throws IOException {
        write("credential-report.csv", csv, false);
    }

    /** Writes what people and other programs read. */
    void publish(AccountState state) throws IOException {
        save(state);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        FindingsJson.write(state, json);
        write("findings.json", json.toByteArray(), false);
        StringWriter csv = new StringWriter();
        FindingsCsv.write(state.findings(), csv);
        write("findings.csv", csv.toString().getBytes(StandardCharsets.UTF_8), false);
        HtmlReport.write(state, dir);
    }

    /** @param durable whether it is on disk when this returns: what the state has can't be read again, the rest is made of it */
    private void write(String name, byte[] content, boolean durable) throws IOException {
        Path temporary = Files.createTempFile(dir, "." + name, ".tmp");
        try {
            // No channel: that would be closed when the run is stopped, in the middle of what is to be kept.
            try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
                stream.write(content);
                if (durable) {
                    stream.getFD().sync();
                }
            }
            Files.move(
                    temporary, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
