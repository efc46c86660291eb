package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plans that were shown for approval, and what was approved of them: a file each, named by the digest of its content. */
public final class ApprovalFiles {

    private final Path dir;

    ApprovalFiles(Path dir) {
        this.dir = dir;
    }

    /**
     * Stores a plan or an approval.
     *
     * @return the digest of the file
     */
    public String save(Object content) {
        try {
            String json = Json.MAPPER.writeValueAsString(content);
            String digest = Sha256.of(json);
            if (!Files.exists(file(digest))) {
                StepMemory.write(dir, digest + ".json", json.getBytes(StandardCharsets.UTF_8));
            }
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write to " + dir, e);
        }
    }

    /**
     * Reads what was stored.
     *
     * @throws UncheckedIOException when the file is missing or was changed
     */
    public <T> T get(String digest, Class<T> type) {
        try {
            String json = Files.readString(file(digest));
            if (!Sha256.of(json).equals(digest)) {
                throw new IOException("The file was changed");
            }
            return Json.MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file(digest), e);
        }
    }

    private Path file(String digest) {
        return dir.resolve(digest + ".json");
    }
}
