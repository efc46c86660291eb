package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import java.util.List;

/** The outcome of phase 4 on the page. */
record PageProof(long secured, int total, List<Point> points, List<String> disagreements) {

    record Point(String css, String symbol, String word, String title, String detail) {}

    /** Null for null. */
    static PageProof of(ValidationResult v) {
        if (v == null) {
            return null;
        }
        List<Point> points = v.points().stream()
                .map(p -> new Point(
                        PageFinding.css(p.status()),
                        Symbols.of(p.status()),
                        Symbols.word(p.status()),
                        p.title(),
                        p.detail()))
                .toList();
        return new PageProof(v.secured(), points.size(), points, v.disagreements());
    }

    boolean hasDisagreements() {
        return !disagreements.isEmpty();
    }
}
