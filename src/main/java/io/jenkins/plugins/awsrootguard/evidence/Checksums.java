package io.jenkins.plugins.awsrootguard.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** The file {@code SHA256SUMS} of a folder, which {@code sha256sum -c SHA256SUMS} accepts. */
public final class Checksums {

    public static final String FILE = "SHA256SUMS";

    private Checksums() {}

    /** Writes the checksums of the folder's files, hidden files excluded. The file is replaced atomically. */
    public static void write(Path dir) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(dir)) {
            names = files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(Checksums::isListed)
                    .sorted()
                    .toList();
        }
        StringBuilder sums = new StringBuilder();
        for (String name : names) {
            sums.append(new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(dir.resolve(name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        Path temporary = dir.resolve("." + FILE + ".tmp");
        Files.writeString(temporary, sums);
        Files.move(temporary, dir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@code sha256sum} escapes names with a backslash or a line break; no file of a run has such a name. */
    private static boolean isListed(String name) {
        return !name.equals(FILE) && !name.startsWith(".") && name.chars().noneMatch(c -> c == '\\' || c < ' ');
    }
}
