package io.jenkins.plugins.awsrootguard.store;

import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.StateJson;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The files that a build keeps for one account, beside build.xml: too much to be held in memory with every build. A file is
 * replaced whole and is on disk when a writing method returns. Not thread-safe: {@link BuildStore} is the one user.
 */
final class AccountFiles {

    static final String STATE = "state.json";
    static final String CREDENTIAL_REPORT = "credential-report.csv";

    private static final Logger LOGGER = Logger.getLogger(AccountFiles.class.getName());

    private final Path dir;

    /** @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when it is no account id */
    AccountFiles(File buildDir, String accountId) {
        // The id becomes the name of a folder, so it's checked here too, whoever calls.
        this.dir = buildDir.toPath().resolve("aws-root-guard").resolve(AccountId.parse(accountId));
    }

    Path dir() {
        return dir;
    }

    /**
     * What was read of the state.
     *
     * @param state null when there is no file, or it can't be read
     * @param problem why it can't be read; null when it can, or when there is none
     */
    record Read(AccountState state, String problem) {}

    Read readState() {
        Path file = dir.resolve(STATE);
        if (!Files.exists(file)) {
            return new Read(null, null);
        }
        try {
            return new Read(StateJson.read(Files.readAllBytes(file)), null);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, () -> "Can't read " + file + ": " + e.getMessage());
            LOGGER.log(Level.FINE, "Why the state can't be read", e);
            return new Read(null, "aws-root-guard/" + dir.getFileName() + "/" + STATE + " can't be read");
        }
    }

    void writeState(AccountState state) throws IOException {
        write(STATE, StateJson.write(state));
    }

    /** Puts a state file that can't be read aside, so that what is in it isn't lost when a new one is written. */
    void setAsideState() throws IOException {
        Path file = dir.resolve(STATE);
        if (Files.exists(file)) {
            Files.move(file, dir.resolve(STATE + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void writeCredentialReport(byte[] csv) throws IOException {
        write(CREDENTIAL_REPORT, csv);
    }

    Optional<byte[]> readCredentialReport() throws IOException {
        Path file = dir.resolve(CREDENTIAL_REPORT);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(dir);
        // ISO 8859-1 maps each byte to one character and back: the writer takes characters, the bytes stay as they
        // were.
        try (AtomicFileWriter writer = new AtomicFileWriter(dir.resolve(name), StandardCharsets.ISO_8859_1)) {
            try {
                writer.write(new String(content, StandardCharsets.ISO_8859_1));
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }
}
