package io.jenkins.plugins.awsrootguard.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose evidence is read afterwards. */
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

    /** What AWS was really asked, in IAM's notation. */
    List<String> asked() {
        return cli.aws.calls().stream().map(c -> c.service() + ":" + c.action()).toList();
    }

    void assertWhole(Path folder) {
        assertEquals(ExitCode.OK, cli.run("evidence", folder.toString()), cli.out() + cli.err());
    }
}
