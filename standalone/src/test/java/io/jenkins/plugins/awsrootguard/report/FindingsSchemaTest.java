package io.jenkins.plugins.awsrootguard.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingsSchemaTest {

    private static Stream<AccountState> states() {
        return Stream.of(Fixtures.assessed(), Fixtures.judged(), Fixtures.secured(), Fixtures.validated());
    }

    @ParameterizedTest
    @MethodSource("states")
    void findingsMatchPublishedSchema(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        OneAccount.writeJson(state, out);

        assertValid(out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("states")
    void hasOneElementForOneAccount(AccountState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        OneAccount.writeJson(state, out);

        assertEquals(
                1,
                new ObjectMapper().readTree(out.toByteArray()).path("accounts").size());
    }

    static void assertValid(String json) throws IOException {
        assertEquals(List.of(), schema().validate(json, InputFormat.JSON));
    }

    private static Schema schema() throws IOException {
        Path docs = Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(docs.resolve("findings.schema.json")));
    }
}
