package io.jenkins.plugins.awsrootguard.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SHA-256 of the files of a folder, in the form that {@code sha256sum -c SHA256SUMS} verifies. */
public final class EvidenceSums {

    public static final String FILE = "SHA256SUMS";

    private EvidenceSums() {}

    /** By file name. */
    public static Map<String, String> of(Path dir) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(FILE) && !name.startsWith(".")) {
                    sums.put(name, Sha256.of(file));
                }
            }
        }
        return sums;
    }

    /** Writes the sums of these files of the folder into it. */
    public static void write(Path dir, Map<String, String> sums) throws IOException {
        List<String> lines = sums.entrySet().stream()
                .map(s -> s.getValue() + "  " + s.getKey())
                .toList();
        Files.writeString(dir.resolve(FILE), lines.stream().map(l -> l + "\n").collect(Collectors.joining()));
    }
}
