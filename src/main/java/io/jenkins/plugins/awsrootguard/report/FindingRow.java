package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finding as a row of a page.
 *
 * @param control the public id of the control
 * @param title the requirement
 * @param severity for people, for example {@code Critical}
 * @param severityTone the style class of the severity
 * @param summary what was found
 * @param sources the evidence, grouped by the API action it was read with
 * @param open whether the finding needs attention
 * @param remediation what to do; empty for a finding that is not open
 */
public record FindingRow(
        String control,
        String title,
        Label status,
        String severity,
        String severityTone,
        String summary,
        List<Source> sources,
        boolean open,
        String remediation,
        String why,
        List<Link> references) {

    /** What one API action reported. */
    public record Source(String call, Times.Text time, List<String> texts) {}

    /** @param url null where there is no public page that is safe to link to */
    public record Link(String label, String url) {}

    public static FindingRow of(Finding f) {
        return new FindingRow(
                f.control(),
                f.title(),
                Label.of(f.status()),
                Label.word(f.severity()),
                f.severity().lowerCase(),
                f.summary(),
                sources(f.evidence()),
                f.status().isOpen(),
                remediation(f),
                f.why(),
                f.references().stream().map(FindingRow::link).toList());
    }

    private static List<Source> sources(List<Evidence> evidence) {
        Map<List<Object>, Source> sources = new LinkedHashMap<>();
        for (Evidence e : evidence) {
            Times.Text time = Times.Text.of(e.at());
            sources.computeIfAbsent(
                            time == null ? List.of(e.call()) : List.of(e.call(), time),
                            k -> new Source(e.call(), time, new ArrayList<>()))
                    .texts()
                    .add(e.text());
        }
        return List.copyOf(sources.values());
    }

    private static Link link(Reference r) {
        return new Link(r.label(), safeUrl(r.url()));
    }

    /** Returns the address if it is an https address, else null: {@code javascript:} and the like are no links. */
    static String safeUrl(String url) {
        return url != null && url.startsWith("https://") ? url : null;
    }

    private static String remediation(Finding finding) {
        return switch (finding.status()) {
            case FAIL -> finding.remediation();
            case UNKNOWN ->
                "Grant the missing permission and run phase 1 again. If the check then fails: " + finding.remediation();
            case NOT_CHECKED, PASS, NOT_APPLICABLE -> "";
        };
    }
}
