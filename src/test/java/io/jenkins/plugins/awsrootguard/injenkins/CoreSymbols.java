package io.jenkins.plugins.awsrootguard.injenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.jvnet.hudson.test.WarExploder;

/** The symbols of Jenkins core, for the pictures of pages. Tests run without the classes of the war, in which they are. */
final class CoreSymbols {

    private static final String FOLDER = "images/symbols";

    private CoreSymbols() {}

    /** Puts the symbols on the class path. To be called before a page is rendered, because Jenkins remembers what is missing. */
    static void install() throws Exception {
        Path classes = Path.of(CoreSymbols.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path to = Files.createDirectories(classes.resolve(FOLDER));
        Path from =
                WarExploder.getExplodedDir().toPath().resolve("WEB-INF/classes").resolve(FOLDER);
        try (Stream<Path> symbols = Files.list(from)) {
            symbols.forEach(symbol -> copy(symbol, to.resolve(symbol.getFileName())));
        }
    }

    /** Tests in another JVM use the same folder. */
    private static void copy(Path symbol, Path to) {
        try {
            if (!Files.exists(to)) {
                Path whole = Files.createTempFile(to.getParent(), "symbol", null);
                Files.copy(symbol, whole, StandardCopyOption.REPLACE_EXISTING);
                Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
