package io.jenkins.plugins.awsrootguard.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a folder's record of evidence, the files that it tells of and their sums are as they were written. It shows what was
 * changed by hand; it can't show that record, files and sums were all made anew by somebody who can write the folder.
 *
 * @param entries how many the record has
 * @param files how many files of the record are as they were stored
 * @param hash of the record's last line; null when there is no record
 * @param wrong one line for each thing that isn't as it was written
 */
public record EvidenceCheck(int entries, int files, String hash, List<String> wrong) {

    public boolean isWhole() {
        return wrong.isEmpty();
    }

    /** Reads all of it, and changes nothing. */
    public static EvidenceCheck of(Path dir) throws IOException {
        EvidenceRecord record = new EvidenceRecord(dir);
        Map<String, String> wrong = new LinkedHashMap<>();
        if (record.hash().isEmpty()) {
            wrong.put(EvidenceRecord.FILE, "there is no record of what was done");
        }
        record.firstFlaw().ifPresent(flaw -> wrong.put(EvidenceRecord.FILE, flaw));
        int whole = 0;
        for (Map.Entry<String, String> stored : record.files().entrySet()) {
            String problem = problem(dir, stored.getKey(), stored.getValue(), "it was stored");
            if (problem == null) {
                whole++;
            } else {
                wrong.put(stored.getKey(), problem);
            }
        }
        if (!Files.exists(dir.resolve(EvidenceSums.FILE))) {
            wrong.put(EvidenceSums.FILE, "there are no sums");
        }
        for (Map.Entry<String, String> sum : EvidenceSums.read(dir).entrySet()) {
            String problem = problem(dir, sum.getKey(), sum.getValue(), EvidenceSums.FILE + " has it");
            if (problem != null) {
                wrong.putIfAbsent(sum.getKey(), problem);
            }
        }
        List<String> lines = new ArrayList<>();
        wrong.forEach((name, problem) -> lines.add(name + ": " + problem));
        return new EvidenceCheck(record.size(), whole, record.hash().orElse(null), List.copyOf(lines));
    }

    /** Null when the file is as it is told. */
    private static String problem(Path dir, String name, String sha256, String as) throws IOException {
        Path file = dir.resolve(name).normalize();
        if (!dir.normalize().equals(file.getParent())) {
            return "it is no file of this folder";
        }
        if (!Files.isRegularFile(file)) {
            return "it is gone";
        }
        return Sha256.of(file).equalsIgnoreCase(sha256) ? null : "it is not as " + as + ", with SHA-256 " + sha256;
    }
}
