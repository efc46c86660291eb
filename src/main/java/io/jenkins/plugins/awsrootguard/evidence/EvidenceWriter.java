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

/**
 * Writes the file {@code evidence.jsonl} of a folder: one JSON object a line, appended and never rewritten. The folder
 * must exist, and only one thread at a time may write to it.
 */
public final class EvidenceWriter {

    public static final String FILE = "evidence.jsonl";

    private static final ObjectWriter LINE = Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private EvidenceWriter() {}

    /**
     * Appends the entries. A last line that a crash cut off is completed with a line break first and is not changed otherwise.
     *
     * @param durable whether the entries, and all entries before them, are on disk when this method returns
     */
    public static void append(Path dir, List<EvidenceEntry> entries, boolean durable) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (EvidenceEntry entry : entries) {
            lines.append(LINE.writeValueAsString(entry)).append('\n');
        }
        Path file = dir.resolve(FILE);
        byte[] bytes = (isCutOff(file) ? "\n" + lines : lines.toString()).getBytes(StandardCharsets.UTF_8);
        // Not a FileChannel: an interrupt, such as an aborted build, closes a channel in the middle of a write.
        try (FileOutputStream stream = new FileOutputStream(file.toFile(), true)) {
            stream.write(bytes);
            if (durable) {
                stream.getFD().sync();
            }
        }
    }

    private static boolean isCutOff(Path file) throws IOException {
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
}
