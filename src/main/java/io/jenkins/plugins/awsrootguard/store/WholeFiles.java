package io.jenkins.plugins.awsrootguard.store;

import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Small files of a folder, each replaced whole and on the disk itself when a writing method returns. */
final class WholeFiles {

    private final Supplier<Path> dir;

    /** @param dir asked for each time: a job can be renamed while its build runs */
    WholeFiles(Supplier<Path> dir) {
        this.dir = dir;
    }

    void write(String name, String content) throws IOException {
        Files.createDirectories(dir.get());
        try (AtomicFileWriter writer = new AtomicFileWriter(dir.get().resolve(name), StandardCharsets.UTF_8)) {
            try {
                writer.write(content);
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }

    /** Empty when there is no such file. */
    Optional<String> read(String name) throws IOException {
        Path file = dir.get().resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
