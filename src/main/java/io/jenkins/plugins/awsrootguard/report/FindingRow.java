package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Finding.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finding as a row of a page.
 *
 * @param like findings that say the same and are not more severe, for example of an account that could not be read
 */
public record FindingRow(Finding finding, List<Finding> like) {

    public FindingRow(Finding finding) {
        this(finding, List.of());
    }

    /** Returns the rows of findings. Those that failed or have an exception have a row of their own. */
    static List<FindingRow> of(List<Finding> findings) {
        Map<List<Object>, List<Finding>> same = new LinkedHashMap<>();
        for (Finding f : findings) {
            Object apart = f.exception() == null && f.status() != Status.FAIL ? "" : f.control();
            same.computeIfAbsent(List.of(f.status(), f.summary(), f.evidence(), apart), k -> new ArrayList<>())
                    .add(f);
        }
        return same.values().stream()
                .map(all -> new FindingRow(all.get(0), all.subList(1, all.size())))
                .toList();
    }

    /** Whether the row is about one finding, so that it has a rationale. */
    public boolean isSingle() {
        return like.isEmpty();
    }

    /** What one API action reported. */
    public record Source(String call, Times.Text time, List<String> texts) {}

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
                : (e.inForce() ? "Accepted until " : "The exception expired on ") + Times.day(e.expires()) + " (owner: "
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
        if (!isOpen()) {
            return "";
        }
        if (finding.status() == Status.FAIL) {
            return finding.rule().remediation();
        }
        return "Grant the missing permission and run phase 1 again."
                + (isSingle() ? " If the check then fails: " + finding.rule().remediation() : "");
    }
}
