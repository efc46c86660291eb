package io.jenkins.plugins.awsrootguard.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** What is wrong with a policy, for the person who wrote it. */
final class PolicyErrors {

    private static final int LONGEST_MESSAGE = 600;

    private PolicyErrors() {}

    /** Names file, line, field, problem and remedy, in one line. */
    static String message(String name, JsonProcessingException e) {
        if (e instanceof JacksonYAMLParseException) {
            // The YAML parser's own text, which names line and column.
            String text = e.getOriginalMessage().lines().map(String::strip).collect(Collectors.joining(" "));
            return Printable.text(name + " is not YAML: " + text, LONGEST_MESSAGE);
        }
        String at = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
        String path = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(p -> p.getFieldName() != null ? p.getFieldName() : String.valueOf(p.getIndex() + 1))
                        .collect(Collectors.joining("."))
                : "";
        return Printable.text(name + at + (path.isEmpty() ? "" : ", " + path) + ": " + problem(e), LONGEST_MESSAGE);
    }

    private static String problem(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException invalid) {
                return invalid.getMessage();
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown field '" + unknown.getPropertyName() + "'. Use "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return "'" + format.getValue() + "' is not allowed. Use "
                    + Arrays.stream(format.getTargetType().getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return expected(mismatch.getTargetType());
        }
        return e.getOriginalMessage();
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "one value is expected";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false is expected";
        }
        if (type == LocalDate.class) {
            return "a date is expected, for example 2027-03-31";
        }
        return Collection.class.isAssignableFrom(type) ? "a list is expected" : "fields are expected";
    }
}
