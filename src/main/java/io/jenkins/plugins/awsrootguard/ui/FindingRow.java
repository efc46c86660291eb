package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.controls.Evidence;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Reference;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.report.Symbols;
import io.jenkins.plugins.awsrootguard.report.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A finding, as a row of the page.
 *
 * @param sinceThen what a person confirmed after it was judged; null when nothing was
 */
@Restricted(NoExternalUse.class)
public record FindingRow(Finding finding, String sinceThen) {

    public String icon() {
        return Icons.of(finding.status());
    }

    public String statusWord() {
        return Symbols.word(finding.status());
    }

    public String severityWord() {
        return Symbols.word(finding.severity());
    }

    /** Core's colour for the badge of the severity. */
    public String severityClass() {
        Severity severity = finding.severity();
        return severity.isAtLeast(Severity.HIGH)
                ? "jenkins-!-error-color"
                : severity == Severity.MEDIUM ? "jenkins-!-warning-color" : "jenkins-!-text-color-secondary";
    }

    /**
     * What one call said.
     *
     * @param name for example {@code iam:GetAccountSummary, 24 Nov 2026, 10:42 UTC}
     */
    public record Source(String name, List<String> texts) {}

    /** The evidence, by the calls that it was read from. */
    public List<Source> sources() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Evidence evidence : finding.evidence()) {
            texts.computeIfAbsent(name(evidence), name -> new ArrayList<>()).add(evidence.text());
        }
        return texts.entrySet().stream()
                .map(e -> new Source(e.getKey(), e.getValue()))
                .toList();
    }

    private static String name(Evidence evidence) {
        return evidence.at() == null ? evidence.call() : evidence.call() + ", " + Times.minutes(evidence.at());
    }

    /** What to do about it; said with reserve where nothing was read: that it fails is not known. */
    public String whatToDo() {
        return finding.status() == Status.UNKNOWN
                ? Messages.FindingRow_unread(finding.remediation())
                : finding.remediation();
    }

    public boolean isOpen() {
        return finding.status().isOpen();
    }

    public List<Reference> references() {
        return finding.references();
    }

    /** The page of a reference; null where there is none that may stand in a link. */
    public String url(Reference reference) {
        return reference.url() != null && reference.url().startsWith("https://") ? reference.url() : null;
    }
}
