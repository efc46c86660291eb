package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands and reads the evidence that they write. */
abstract class EvidenceFixture {

    @TempDir
    Path dir;

    CommandLineFixture cli;

    @BeforeEach
    final void start() {
        cli = new CommandLineFixture(dir);
    }

    @AfterEach
    final void stop() {
        cli.close();
    }

    List<JsonNode> entries(String folder) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(dir.resolve(folder).resolve("evidence.jsonl"))) {
            entries.add(new ObjectMapper().readTree(line));
        }
        return entries;
    }

    List<JsonNode> entries(String folder, String kind) throws IOException {
        return entries(folder).stream()
                .filter(e -> e.path("kind").asText().equals(kind))
                .toList();
    }

    static List<String> texts(List<JsonNode> entries, String field) {
        return entries.stream().map(e -> e.path(field).asText()).toList();
    }

    /** The calls that AWS received, in IAM notation. */
    List<String> asked() {
        return cli.aws.calls().stream().map(c -> c.service() + ":" + c.action()).toList();
    }

    /** As {@code sha256sum -c SHA256SUMS} does in each folder of {@code dir}. */
    static void assertChecksums(Path dir) throws IOException {
        try (Stream<Path> sums = Files.find(dir, 2, (file, a) -> file.endsWith("SHA256SUMS"))) {
            for (Path file : (Iterable<Path>) sums::iterator) {
                List<String> lines = Files.readAllLines(file);
                assertTrue(
                        Files.notExists(file.resolveSibling("evidence.jsonl"))
                                || lines.stream().anyMatch(l -> l.endsWith("  evidence.jsonl")),
                        file + ": " + lines);
                for (String line : lines) {
                    assertEquals(line.substring(0, 64), DigestUtils.sha256Hex(Files.readAllBytes(file.resolveSibling(line.substring(66)))), line);
                }
            }
        }
    }
}
