package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page in docs that is generated from the code. */
public final class DocsPage {

    /** The repository, for tests that run in its folder or in standalone/. */
    public static final Path ROOT = Path.of(Files.isDirectory(Path.of("docs")) ? "" : "..");

    private DocsPage() {}

    /** Fails if the page does not have this text, after writing it to target/. */
    public static void assertGenerated(String page, String text) throws IOException {
        Path made = Path.of("target", page);
        Files.createDirectories(made.getParent());
        Files.writeString(made, text);
        Path committed = ROOT.resolve("docs").resolve(page);
        String copy = "cp " + ROOT.toAbsolutePath().normalize().relativize(made.toAbsolutePath()) + " docs/" + page;
        assertEquals(
                text,
                Files.exists(committed) ? Files.readString(committed) : "",
                "docs/" + page + " differs from the code. To update it, run: " + copy);
    }
}
