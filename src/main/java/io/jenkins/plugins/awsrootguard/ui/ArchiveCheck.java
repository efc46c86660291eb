package io.jenkins.plugins.awsrootguard.ui;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceRecord;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceSums;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.VirtualFile;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Whether what a build archived of an account or an organization, and the record of it, are still as they were written.
 *
 * @param whole names of archived files that are unchanged
 * @param wrong one line for each thing that isn't as it was written
 * @param missing names of files that are no longer archived; Jenkins may have been told to delete them
 */
@Restricted(NoExternalUse.class)
public record ArchiveCheck(List<String> whole, List<String> wrong, List<String> missing) {

    private static final Logger LOGGER = Logger.getLogger(ArchiveCheck.class.getName());

    /** Reads them all; empty when the build archived nothing there. */
    static Optional<ArchiveCheck> of(Run<?, ?> run, String folder, EvidenceRecord record) {
        List<String> whole = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            record.firstFlaw().ifPresent(flaw -> wrong.add(EvidenceRecord.FILE + ": " + flaw));
            VirtualFile archive = run.getArtifactManager().root().child("aws-root-guard/" + folder);
            for (Map.Entry<String, String> file : record.files().entrySet()) {
                VirtualFile archived = archive.child(file.getKey());
                if (!archived.exists()) {
                    missing.add(file.getKey());
                } else if (sha256(archived).equals(file.getValue())) {
                    whole.add(file.getKey());
                } else {
                    wrong.add(Messages.ArchiveCheck_changed(file.getKey(), file.getValue()));
                }
            }
            if (!record.files().isEmpty()) {
                copies(archive, record, wrong, missing);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.FINE,
                    e,
                    () -> "The evidence in aws-root-guard/" + folder + " of " + run + " can't be verified");
            wrong.add(Messages.ArchiveCheck_unreadable());
        }
        return whole.isEmpty() && wrong.isEmpty() && missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArchiveCheck(whole, wrong, missing));
    }

    /**
     * The archived copy of the record, and the sums: any step of the build can archive a file of the same name, and who
     * downloads them has nothing else to verify the rest by.
     */
    private static void copies(VirtualFile archive, EvidenceRecord record, List<String> wrong, List<String> missing)
            throws IOException {
        VirtualFile copy = archive.child(EvidenceRecord.FILE);
        VirtualFile sums = archive.child(EvidenceSums.FILE);
        if (!copy.exists()) {
            missing.add(EvidenceRecord.FILE);
        } else if (!record.isCopy(bytes(copy, record.length()))) {
            wrong.add(Messages.ArchiveCheck_replaced(EvidenceRecord.FILE));
        } else if (sums.exists()) {
            Map<String, String> all = new TreeMap<>(record.files());
            all.put(EvidenceRecord.FILE, sha256(copy));
            byte[] wanted = EvidenceSums.text(all).getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(wanted, bytes(sums, wanted.length))) {
                wrong.add(Messages.ArchiveCheck_replaced(EvidenceSums.FILE));
            }
        }
    }

    /** Its first bytes, and one more than it may have where it is longer: what another step archived can be of any length. */
    private static byte[] bytes(VirtualFile file, long most) throws IOException {
        try (InputStream in = file.open()) {
            return in.readNBytes(Math.toIntExact(most + 1));
        }
    }

    /** The names of the unchanged files, in the order in which they were archived. */
    public String names() {
        return String.join(", ", whole);
    }

    private static String sha256(VirtualFile file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(file.open(), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return Util.toHexString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
