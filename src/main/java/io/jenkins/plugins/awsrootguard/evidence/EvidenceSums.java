package io.jenkins.plugins.awsrootguard.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SHA-256 of the files of a folder, in the form that {@code sha256sum -c SHA256SUMS} verifies. */
public final class EvidenceSums {

    public static final String FILE = "SHA256SUMS";

    /** 64 digits, two spaces, the name. */
    private static final int NAME = 66;

    private EvidenceSums() {}

    /** By file name. */
    public static Map<String, String> of(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return of(
                    dir,
                    files.filter(Files::isRegularFile)
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !name.equals(FILE) && !name.startsWith("."))
                            .toList());
        }
    }

    /** Of those of the files that there are. */
    static Map<String, String> of(Path dir, Collection<String> names) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String name : names) {
            if (Files.isRegularFile(dir.resolve(name))) {
                sums.put(name, Sha256.of(dir.resolve(name)));
            }
        }
        return sums;
    }

    /** Writes the sums of these files of the folder into it. */
    public static void write(Path dir, Map<String, String> sums) throws IOException {
        Path temporary = dir.resolve("." + FILE + ".tmp");
        Files.writeString(temporary, text(sums));
        Files.move(temporary, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file's content. */
    public static String text(Map<String, String> sums) {
        return sums.entrySet().stream()
                .map(s -> s.getValue() + "  " + s.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /** The sums that were written into the folder, by file name; none when there are none. A line of another form is left out. */
    static Map<String, String> read(Path dir) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Path file = dir.resolve(FILE);
        if (Files.exists(file)) {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                if (line.length() > NAME && line.startsWith("  ", NAME - 2)) {
                    sums.put(line.substring(NAME), line.substring(0, NAME - 2));
                }
            }
        }
        return sums;
    }
}
