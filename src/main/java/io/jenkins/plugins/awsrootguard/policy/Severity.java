package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;

/** How bad a failed control is, worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    public boolean isAtLeast(Severity threshold) {
        return ordinal() <= threshold.ordinal();
    }

    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a severity in any case.
     *
     * @param field the setting's name, for the error
     * @throws InvalidInputException if the text is no severity
     */
    public static Severity parse(String field, String text) {
        String wanted = text == null ? "" : text.trim().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(s -> s.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        field + " '" + text + "' is not a severity: use CRITICAL, HIGH, MEDIUM or LOW"));
    }
}
