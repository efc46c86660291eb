package io.jenkins.plugins.awsrootguard.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The record of what was done to an account and by whom: JSON lines that are only ever appended to. Each line names the SHA-256
 * of the line before it, so that a line which was changed, taken out or put in shows ({@link #firstFlaw}); who holds the last
 * line's hash can tell that none was cut off at the end. It holds no secret and no access key id. One writer at a time.
 */
public final class EvidenceRecord {

    public static final String FILE = "evidence.jsonl";

    /** What stands before the first line. */
    private static final String NONE = "0".repeat(64);

    private static final int BLOCK = 8192;

    private static final ObjectWriter LINE = Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private final Path dir;
    private final Path file;

    public EvidenceRecord(Path dir) {
        this.dir = dir;
        this.file = dir.resolve(FILE);
    }

    /**
     * Appends the entries; they are on disk when this returns. A last line that a crash has torn is put right first: it is
     * ended, and stays as it is.
     */
    public void append(List<EvidenceEntry> entries) throws IOException {
        append(entries, true);
    }

    /**
     * The same.
     *
     * @param durable whether they are on disk when this returns; else the operating system writes them when it will, which is
     *     enough for what can be done again
     */
    public void append(List<EvidenceEntry> entries, boolean durable) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        Files.createDirectories(dir);
        StringBuilder lines = new StringBuilder();
        String before = NONE;
        if (Files.exists(file)) {
            String last = lastLine();
            lines.append(last.isEmpty() || last.endsWith("\n") ? "" : "\n");
            before = hashOf(last);
        }
        for (EvidenceEntry entry : entries) {
            String line = line(entry, before);
            lines.append(line).append('\n');
            before = Sha256.of(line);
        }
        // No channel: that would be closed when the run is stopped, in the middle of what is to be kept.
        try (FileOutputStream stream = new FileOutputStream(file.toFile(), true)) {
            stream.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            if (durable) {
                stream.getFD().sync();
            }
        }
    }

    private static String line(EvidenceEntry entry, String before) {
        try {
            ObjectNode json = Json.MAPPER.valueToTree(entry);
            json.put("previous", before);
            return LINE.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hashOf(String lastLine) {
        return lastLine.isEmpty() ? NONE : Sha256.of(lastLine.stripTrailing());
    }

    /** With the line feed that ends it, where there is one. Read from the end: the record of years is long. */
    private String lastLine() throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            for (long size = BLOCK; ; size *= 2) {
                byte[] end = new byte[(int) Math.min(size, length)];
                in.seek(length - end.length);
                in.readFully(end);
                String text = new String(end, StandardCharsets.UTF_8);
                int before = text.stripTrailing().lastIndexOf('\n');
                if (before >= 0 || end.length == length) {
                    return text.substring(before + 1);
                }
            }
        }
    }

    /** The record as it is now; empty when there is none. */
    public Optional<byte[]> content() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /** In bytes, as it is now; 0 when there is none. */
    public long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Copies the record as it is now into another folder; when there is none, nothing. */
    public void copyTo(Path other) throws IOException {
        if (Files.exists(file)) {
            Files.copy(file, other.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Whether a copy is the record as it was when the last files were stored, or at a later time. What was added since may be
     * missing in it, and nothing else.
     */
    public boolean isCopy(byte[] copy) throws IOException {
        byte[] now = content().orElse(new byte[0]);
        if (copy.length == 0 || copy.length > now.length || copy[copy.length - 1] != '\n') {
            return false;
        }
        String since = new String(now, copy.length, now.length - copy.length, StandardCharsets.UTF_8);
        return Arrays.equals(copy, 0, copy.length, now, 0, copy.length)
                && since.lines()
                        .noneMatch(line -> entry(line).path("kind").asText().equals("file"));
    }

    /** The SHA-256 of the files that were stored, each as it was stored last, by name. A line that is no entry tells of none. */
    public Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : lines()) {
                JsonNode entry = entry(line);
                if (entry.path("kind").asText().equals("file")) {
                    files.put(entry.path("what").asText(), entry.path("sha256").asText());
                }
            }
        }
        return files;
    }

    /** How many entries there are, torn ones included. */
    public int size() throws IOException {
        int size = 0;
        if (Files.exists(file)) {
            for (String line : lines()) {
                size += line.isEmpty() ? 0 : 1;
            }
        }
        return size;
    }

    /** The hash of the last line; empty when there is no record. */
    public Optional<String> hash() throws IOException {
        return Files.exists(file) ? Optional.of(hashOf(lastLine())) : Optional.empty();
    }

    /**
     * Looks whether the record is as it was written.
     *
     * @return what is wrong with the first line that isn't; empty when nothing is, or there is no record
     */
    public Optional<String> firstFlaw() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String before = NONE;
        int number = 0;
        for (String line : lines()) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            JsonNode entry = entry(line);
            if (!entry.isObject()) {
                return Optional.of("line " + number + " is no whole entry; it may have been cut off by a crash");
            }
            if (!before.equals(entry.path("previous").asText())) {
                return Optional.of("line " + number + " does not follow from the line before it");
            }
            before = Sha256.of(line);
        }
        return Optional.empty();
    }

    /** Whatever bytes they are: a line that isn't UTF-8 is none that was written here, and its hash shows it. */
    private String[] lines() throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
    }

    /** A missing node when the line is no entry. */
    private static JsonNode entry(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
