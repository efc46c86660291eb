package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.ValidationPoint;

/**
 * A check of phase 4 as a row of a page.
 *
 * @param tone the style class of the status
 * @param detail what shows that the check passed, or what is missing
 */
public record CheckRow(String tone, String symbol, String word, String title, String detail) {

    public static CheckRow of(ValidationPoint p) {
        return new CheckRow(
                Symbols.tone(p.status()), Symbols.of(p.status()), Symbols.word(p.status()), p.title(), p.detail());
    }
}
