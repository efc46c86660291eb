package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON in which a state is saved between the steps and between runs. It is the project's own format; {@code findings.json}
 * is the format for others. Unknown fields are ignored, so an older version reads what a newer one saved with the same
 * {@code schema}.
 */
public final class StateJson {

    private static final int SCHEMA = 1;
    private static final ObjectWriter WRITER = Json.MAPPER
            .writerFor(AccountState.class)
            .without(SerializationFeature.INDENT_OUTPUT)
            .withAttribute("schema", SCHEMA);

    private StateJson() {}

    /** The state in UTF-8. It has whole access key ids, and policies that are to be deleted, but no credentials. */
    public static byte[] write(AccountState state) {
        try {
            return WRITER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what {@link #write} saved.
     *
     * @throws IOException when it is damaged, is of another account, or has another schema; the message is one line
     */
    public static AccountState read(byte[] saved, String accountId) throws IOException {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(saved);
        } catch (IOException e) {
            throw damaged("it is not JSON", e);
        }
        String id = json.path("accountId").asText();
        if (id.isEmpty()) {
            throw damaged("it names no account", null);
        }
        if (!id.equals(accountId)) {
            throw damaged("it is of account " + id, null);
        }
        int schema = json.path("schema").asInt();
        if (schema != SCHEMA) {
            throw damaged("it has schema " + schema + " and this version reads schema " + SCHEMA, null);
        }
        try {
            return Json.MAPPER.treeToValue(json, AccountState.class);
        } catch (JsonProcessingException | RuntimeException e) {
            throw damaged("a field is missing or has an impossible value", e);
        }
    }

    private static IOException damaged(String why, Exception cause) {
        return new IOException(why + ". Move the file away, then run the assessment again.", cause);
    }
}
