package io.jenkins.plugins.awsrootguard.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"mission", "cis-7.0.0", "security-hub", "pci-dss-4.0.1"})
    void presetsMatchTheSchema(String preset) throws IOException {
        assertEquals(List.of(), schema().validate(text(preset + ".yml"), InputFormat.YAML));
    }

    @Test
    void theExampleIsAPolicyAndMatchesTheSchema() throws IOException {
        String page = Files.readString(docs().resolve("policy.md"));
        int start = page.indexOf("```yaml\n") + 8;
        String example = page.substring(start, page.indexOf("```", start));
        PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", example));
        assertEquals(List.of(), schema().validate(example, InputFormat.YAML));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preset: cis",
                "controls: {root-mfaa: {enabled: false}}",
                "controls: {root-mfa: {severity: HIHG}}",
                "controls: {root-mfa: {enabled: maybe}}",
                "controls: {root-mfa: {enable: false}}",
                "thresholds: {minimumPasswordLength: 3}",
                "thresholds: {rotationDays: soon}",
                "thresholds: {maxPasswordAgeDays: never}",
                "thresholds: {requiredCharacters: [EMOJI]}",
                "administrators: {accept: []}",
                "exceptions: [{control: root-mfa}]",
                "exceptions: [{control: root-mfa, reason: r, owner: o, expires: 2027-01-01}]",
            })
    void whatTheSchemaRefusesTheLoaderRefusesToo(String yaml) throws IOException {
        assertFalse(schema().validate(yaml, InputFormat.YAML).isEmpty());
        assertThrows(
                InvalidInputException.class, () -> PolicyLoader.load(new PolicyLoader.Text("root-guard.yml", yaml)));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(docs().resolve("policy.schema.json")));
    }

    private static Path docs() {
        return Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = PolicyLoader.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
