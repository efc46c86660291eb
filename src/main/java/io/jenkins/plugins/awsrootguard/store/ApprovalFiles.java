package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.facts.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What persons approved of an organization's plans: a file for each approval, found by the digest of its content. */
public final class ApprovalFiles {

    private final WholeFiles files;

    ApprovalFiles(WholeFiles files) {
        this.files = files;
    }

    private static String name(String digest) {
        return "approved-" + digest + ".json";
    }

    /**
     * Keeps an approval, on the disk itself.
     *
     * @return the digest by which it is found again
     */
    public String save(ApprovedChanges approved) {
        try {
            String json = StoreJson.MAPPER.writeValueAsString(approved);
            String digest = Sha256.of(json);
            files.write(name(digest), json);
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException("What is approved could not be stored", e);
        }
    }

    /**
     * What was kept under a digest.
     *
     * @throws UncheckedIOException when it is gone, or isn't what was approved any more
     */
    public ApprovedChanges get(String digest) {
        try {
            String json = files.read(name(digest)).orElseThrow(() -> new FileNotFoundException(name(digest)));
            if (!Sha256.of(json).equals(digest)) {
                throw new IOException(name(digest) + " has been changed since");
            }
            return StoreJson.MAPPER.readValue(json, ApprovedChanges.class);
        } catch (IOException e) {
            throw new UncheckedIOException("What was approved can't be read", e);
        }
    }
}
