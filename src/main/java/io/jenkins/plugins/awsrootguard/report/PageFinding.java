package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.util.List;
import java.util.Locale;

/**
 * A finding on the page.
 *
 * @param css the tone: of its severity when it failed, else of its status
 */
record PageFinding(
        String css,
        String symbol,
        String word,
        String severity,
        boolean open,
        boolean unread,
        String summary,
        String title,
        String control,
        List<PageEvidence> evidence,
        String remediation,
        String why,
        List<PageReference> references) {

    record PageEvidence(String source, PageTime time, String said) {}

    /** @param link null where there is no page that is safe to link to */
    record PageReference(String label, String link) {}

    static PageFinding of(Finding f) {
        return new PageFinding(
                css(f),
                Symbols.of(f.status()),
                Symbols.word(f.status()),
                capital(f.severity().lowerCase()),
                f.status().isOpen(),
                f.status() == Status.UNKNOWN,
                f.summary(),
                f.title(),
                f.control(),
                f.evidence().stream()
                        .map(e -> new PageEvidence(e.call(), PageTime.minutes(e.at()), e.text()))
                        .toList(),
                f.remediation(),
                f.why(),
                f.references().stream()
                        .map(r -> new PageReference(r.label(), link(r.url())))
                        .toList());
    }

    boolean hasEvidence() {
        return !evidence.isEmpty();
    }

    boolean hasReferences() {
        return !references.isEmpty();
    }

    /** The address when it is one of the web; anything else, such as {@code javascript:}, is no link. */
    static String link(String url) {
        return url != null && url.startsWith("https://") ? url : null;
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ENGLISH) + word.substring(1);
    }

    private static String css(Finding f) {
        return f.status() == Status.FAIL ? f.severity().lowerCase() : css(f.status());
    }

    static String css(Status status) {
        return switch (status) {
            case FAIL -> "failed";
            case UNKNOWN -> "unknown";
            case PASS -> "pass";
            case NOT_APPLICABLE -> "not-applicable";
        };
    }
}
