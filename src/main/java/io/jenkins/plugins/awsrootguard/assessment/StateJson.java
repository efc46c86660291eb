package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An account's state as it is saved between the steps and between runs. It is the project's own format; what others read is
 * {@link FindingsJson}. Fields that a reader does not know are ignored, so an older version reads what a newer one saved as
 * long as {@code schema} is the same.
 */
public final class StateJson {

    private static final int SCHEMA = 1;

    private StateJson() {}

    /** The state in UTF-8. It holds whole access key ids, but no secret. */
    public static byte[] write(AccountState state) {
        return write(state, Json.MAPPER.writer());
    }

    /** The same in one line, with no end of line, for a file of many states. */
    public static byte[] writeLine(AccountState state) {
        return write(state, Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT));
    }

    private static byte[] write(AccountState state, ObjectWriter writer) {
        try {
            ObjectNode json = Json.MAPPER.createObjectNode().put("schema", SCHEMA);
            json.setAll((ObjectNode) Json.MAPPER.valueToTree(state));
            return writer.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What {@link #write} saved.
     *
     * @throws UncheckedIOException when it is damaged, or was saved by a newer version in a form that this one can't read;
     *     the message is one line
     */
    public static AccountState read(byte[] saved) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(saved);
        } catch (IOException e) {
            throw damaged("it is not JSON", e);
        }
        if (!json.isObject() || json.path("accountId").asText().isEmpty()) {
            throw damaged("it names no account", null);
        }
        int schema = json.path("schema").asInt();
        if (schema != SCHEMA) {
            throw damaged("it has schema " + schema + " and this version reads schema " + SCHEMA, null);
        }
        try {
            return Json.MAPPER.treeToValue(json, AccountState.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw damaged("a field is missing or has an impossible value", e);
        }
    }

    private static UncheckedIOException damaged(String why, Exception cause) {
        return new UncheckedIOException(
                new IOException(why + ". Move the file away, then run the assessment again.", cause));
    }
}
