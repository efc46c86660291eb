package io.jenkins.plugins.awsrootguard.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file {@code SHA256SUMS}. */
class ChecksumsTest {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path dir;

    @Test
    void listsVisibleFilesByNameAsSha256sumDoes() throws IOException {
        Files.writeString(dir.resolve("report.html"), "abc");
        Files.writeString(dir.resolve("empty file.csv"), "");
        Files.writeString(dir.resolve(".lock"), "");
        Files.writeString(dir.resolve("SHA256SUMS"), "old");
        Files.createDirectory(dir.resolve("folder"));
        Checksums.write(dir);
        assertEquals(
                List.of(OF_NOTHING + "  empty file.csv", OF_ABC + "  report.html"),
                Files.readAllLines(dir.resolve(Checksums.FILE)));
    }

    @Test
    void leavesOutNamesThatSha256sumWouldEscape() throws IOException {
        Files.writeString(dir.resolve("a\\b"), "abc");
        Files.writeString(dir.resolve("a\nb"), "abc");
        Checksums.write(dir);
        assertEquals("", Files.readString(dir.resolve(Checksums.FILE)));
    }
}
