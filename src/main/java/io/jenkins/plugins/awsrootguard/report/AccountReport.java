package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a page shows of one account: the one model behind {@code report.html} and the pages of Jenkins. */
public final class AccountReport {

    private final AccountState state;

    private AccountReport(AccountState state) {
        this.state = state;
    }

    public static AccountReport of(AccountState state) {
        return new AccountReport(state);
    }

    /**
     * A manual task.
     *
     * @param link where the task begins; null when there is no one page
     */
    public record Task(String title, List<String> steps, String link, String verifiedBy) {}

    /** What one API action reported; {@code unknown} when it could not be read. */
    public record Reading(String call, TimeText time, boolean unknown, String said) {}

    public String name() {
        return Sentences.name(state);
    }

    public String verdict() {
        return Sentences.verdict(state);
    }

    /** One line for a list or a build page. */
    public String frontLine() {
        return Sentences.frontLine(state, Instant.now());
    }

    public String verdictDetail() {
        return Sentences.verdictDetail(state);
    }

    /** When and as whom the account was read, and the age of the credential report. */
    public String reading() {
        TimeText at = generated();
        TimeText report = credentialReport();
        return (at == null ? "" : "Read on " + at.text() + (reader() == null ? "" : " as " + reader()) + ". ")
                + (report == null
                        ? "No credential report could be read."
                        : "Credential report generated on " + report.text() + ".");
    }

    /** When the findings were made; before phase 2, when the account was read. */
    public TimeText generated() {
        return TimeText.of(
                state.findings() == null ? state.assessedAt() : state.findings().generatedAt());
    }

    /** When AWS generated the credential report; null when there is none. */
    public TimeText credentialReport() {
        return TimeText.of(Sentences.reportGeneratedAt(state));
    }

    /** The ARN of the principal that read the account; null before it was read. */
    public String reader() {
        return state.facts() == null || state.facts().caller() == null
                ? null
                : state.facts().caller().arn();
    }

    public List<PhaseStrip.Step> phases() {
        return PhaseStrip.of(state);
    }

    public List<Task> tasks() {
        return Waiting.tasks(state).stream().map(AccountReport::task).toList();
    }

    public boolean isJudged() {
        return state.findings() != null;
    }

    /** The findings that need attention, worst first. */
    public List<FindingRow> open() {
        return rows(EnumSet.of(Status.FAIL, Status.UNKNOWN));
    }

    /** The findings that the access method of the run cannot check. */
    public List<FindingRow> notChecked() {
        return rows(EnumSet.of(Status.NOT_CHECKED));
    }

    /** For example {@code 6 checks were not made: they require a member role.} */
    public String notCheckedTitle() {
        return NotChecked.sentence(state);
    }

    /** The findings that passed or do not apply. */
    public List<FindingRow> settled() {
        return rows(EnumSet.of(Status.PASS, Status.NOT_APPLICABLE));
    }

    /** For example {@code 8 checks passed, 2 checks do not apply}. */
    public String settledTitle() {
        return isJudged()
                ? Sentences.settled(
                        state.findings().count(Status.PASS), state.findings().count(Status.NOT_APPLICABLE))
                : "";
    }

    /** The planned changes until phase 3 has carried out the plan, also after a dry run. */
    public List<PlannedRow> planned() {
        boolean carriedOut = state.securedAt() != null
                && state.plan() != null
                && !state.plan().plannedAt().isAfter(state.securedAt());
        return carriedOut
                ? List.of()
                : state.unmade().stream().map(PlannedRow::of).toList();
    }

    /** Who approved the plan, and when; null when nobody did. */
    public String approval() {
        return state.approval() == null
                ? null
                : state.approval().by() + ", " + Times.minutes(state.approval().at());
    }

    public List<ChangeRow> changes() {
        return state.changes().stream().map(ChangeRow::of).toList();
    }

    /** The checks of phase 4; empty before it. */
    public List<CheckRow> checks() {
        return state.validation() == null
                ? List.of()
                : state.validation().points().stream().map(CheckRow::of).toList();
    }

    /** For example {@code 4 of 5 checks passed}. */
    public String checksPassed() {
        return state.validation() == null ? "" : Sentences.checksPassed(state.validation());
    }

    /** Where live calls and the credential report differ. */
    public List<String> disagreements() {
        return state.validation() == null ? List.of() : state.validation().disagreements();
    }

    public List<Reading> readings() {
        return state.facts() == null
                ? List.of()
                : Readings.of(state.facts()).stream()
                        .map(r -> new Reading(r.call(), TimeText.of(r.at()), r.unknown(), r.said()))
                        .toList();
    }

    private List<FindingRow> rows(Set<Status> statuses) {
        return isJudged()
                ? state.findings().findings().stream()
                        .filter(f -> statuses.contains(f.status()))
                        .map(FindingRow::of)
                        .toList()
                : List.of();
    }

    private static Task task(PendingTask t) {
        return new Task(t.title(), t.steps(), FindingRow.safeUrl(t.url()), t.verifiedBy());
    }
}
