package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.List;

/** What stands on the page: the names that {@code report.mustache} uses. */
record ReportPage(
        String account,
        Standing standing,
        String verdict,
        PageTime generated,
        PageTime report,
        List<Step> steps,
        List<Task> tasks,
        PageProof proof,
        boolean judged,
        boolean hasOpen,
        List<PageGroup> groups,
        List<Planned> planned,
        String approvedBy,
        List<PageChange> changes,
        List<EvidenceFile> files,
        String reader,
        List<Reading> readings) {

    record Step(int number, String name, PhaseStrip.Progress progress, PageTime time, String detail) {}

    /** @param link null when there is no one page to begin at */
    record Task(String title, List<String> steps, String link, String verifiedBy) {}

    /** @param blocked why it won't be made; null when nothing is in the way */
    record Planned(String description, boolean destructive, String blocked) {}

    record Reading(String call, PageTime time, boolean unknown, String said) {}

    static ReportPage of(AccountState state, List<EvidenceFile> files) {
        return new ReportPage(
                Sentences.name(state),
                Standing.of(state),
                Sentences.verdict(state),
                PageTime.minutes(
                        state.findings() == null
                                ? state.assessedAt()
                                : state.findings().generatedAt()),
                PageTime.minutes(Sentences.reportGeneratedAt(state)),
                PhaseStrip.of(state).stream().map(ReportPage::step).toList(),
                Waiting.tasks(state).stream().map(ReportPage::task).toList(),
                PageProof.of(state.validation()),
                state.findings() != null,
                state.findings() != null
                        && state.findings().findings().stream()
                                .anyMatch(f -> f.status().isOpen()),
                state.findings() == null ? List.of() : PageGroup.of(state.findings()),
                planned(state),
                state.approval() == null ? null : state.approval().by(),
                state.changes().stream().map(PageChange::of).toList(),
                files,
                state.facts() == null ? null : state.facts().caller().arn(),
                state.facts() == null ? List.of() : readings(state));
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    boolean hasPlanned() {
        return !planned.isEmpty();
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    boolean hasFiles() {
        return !files.isEmpty();
    }

    boolean hasReadings() {
        return !readings.isEmpty();
    }

    private static Step step(PhaseStrip.Step s) {
        return new Step(
                s.number(),
                s.name(),
                s.progress(),
                PageTime.minutes(s.at()),
                s.detail().isEmpty() ? null : s.detail());
    }

    private static Task task(PendingTask t) {
        return new Task(t.title(), t.steps(), PageFinding.link(t.url()), t.verifiedBy());
    }

    /** Once phase 3 has run, its changes tell what became of the plan. */
    private static List<Planned> planned(AccountState state) {
        if (state.plan() == null || state.securedAt() != null) {
            return List.of();
        }
        return state.plan().changes().stream().map(ReportPage::planned).toList();
    }

    private static Planned planned(PlannedChange c) {
        return new Planned(c.description(), c.kind().isDestructive(), c.blockedBecause());
    }

    private static List<Reading> readings(AccountState state) {
        return Readings.of(state.facts()).stream()
                .map(r -> new Reading(r.call(), PageTime.minutes(r.at()), r.unknown(), r.said()))
                .toList();
    }
}
