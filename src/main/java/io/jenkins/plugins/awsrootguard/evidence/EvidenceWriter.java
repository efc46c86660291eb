package io.jenkins.plugins.awsrootguard.evidence;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file {@code evidence.jsonl} of a folder: one JSON object a line, appended and never rewritten. Thread-safe, also across
 * instances for the same folder in one JVM.
 */
public final class EvidenceWriter {

    public static final String FILE = "evidence.jsonl";

    private static final ObjectWriter LINE = Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    /** Folders share these locks by hash, so that no lock has to be kept for each folder. */
    private static final List<Object> LOCKS =
            Stream.generate(Object::new).limit(64).toList();

    private final Path dir;
    private final Path file;
    private final Object lock;

    public EvidenceWriter(Path dir) {
        this.dir = dir;
        this.file = dir.resolve(FILE);
        this.lock = LOCKS.get(Math.floorMod(file.toAbsolutePath().hashCode(), LOCKS.size()));
    }

    /**
     * Appends the entries. A last line that a crash cut off is completed with a line break first and is not changed otherwise.
     *
     * @param durable whether the entries, and all entries before them, are on disk when this method returns
     */
    public void append(List<EvidenceEntry> entries, boolean durable) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (EvidenceEntry entry : entries) {
            lines.append(LINE.writeValueAsString(entry)).append('\n');
        }
        synchronized (lock) {
            Files.createDirectories(dir);
            byte[] bytes = (isCutOff() ? "\n" + lines : lines.toString()).getBytes(StandardCharsets.UTF_8);
            // Not a FileChannel: an interrupt, such as an aborted build, closes a channel in the middle of a write.
            try (FileOutputStream stream = new FileOutputStream(file.toFile(), true)) {
                stream.write(bytes);
                if (durable) {
                    stream.getFD().sync();
                }
            }
        }
    }

    private boolean isCutOff() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == 0) {
                return false;
            }
            in.seek(in.length() - 1);
            return in.read() != '\n';
        }
    }

    /** The location of the file, which exists once an entry was appended. */
    public Path file() {
        return file;
    }
}
