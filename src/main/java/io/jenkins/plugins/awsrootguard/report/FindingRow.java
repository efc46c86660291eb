package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A finding as a row of a page. */
public record FindingRow(Finding finding) {

    /** What one API action reported. */
    public record Source(String call, Times.Text time, List<String> texts) {}

    /** @param url null where there is no public page that is safe to link to */
    public record Link(String label, String url) {}

    public Label status() {
        return Label.of(finding.status());
    }

    /** Returns the severity for people, for example {@code Critical}. */
    public String severity() {
        return Label.word(finding.severity());
    }

    /** Returns the style class of the severity. */
    public String severityTone() {
        return finding.severity().lowerCase();
    }

    /** Whether the finding needs attention. */
    public boolean isOpen() {
        return finding.isOpen();
    }

    /** Returns the exception of the policy as text, with owner and last day; null without one. */
    public String exception() {
        Finding.Acceptance e = finding.exception();
        return e == null
                ? null
                : (e.inForce() ? "Accepted until " : "The exception expired on ") + e.expires() + " (owner: "
                        + e.owner() + "). Reason: " + Sentences.sentence(e.reason());
    }

    /** Returns the evidence, grouped by the API action it was read with. */
    public List<Source> sources() {
        Map<List<Object>, Source> sources = new LinkedHashMap<>();
        for (Evidence e : finding.evidence()) {
            Times.Text time = Times.Text.of(e.at());
            sources.computeIfAbsent(
                            time == null ? List.of(e.call()) : List.of(e.call(), time),
                            k -> new Source(e.call(), time, new ArrayList<>()))
                    .texts()
                    .add(e.text());
        }
        return List.copyOf(sources.values());
    }

    /** Returns what to do; empty for a finding that is not open. */
    public String remediation() {
        String unread = finding.status() == Status.FAIL
                ? ""
                : "Grant the missing permission and run phase 1 again. If the check then fails: ";
        return isOpen() ? unread + finding.rule().remediation() : "";
    }

    public List<Link> references() {
        return finding.rule().references().stream()
                .map(r -> new Link(r.label(), safeUrl(r.url())))
                .toList();
    }

    /** Returns the address if it is an https address, else null: {@code javascript:} and the like are no links. */
    static String safeUrl(String url) {
        return url != null && url.startsWith("https://") ? url : null;
    }
}
