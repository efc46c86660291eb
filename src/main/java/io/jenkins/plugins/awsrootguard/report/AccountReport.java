package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPoint;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
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
    public record Task(String title, List<String> steps, String link, String verifiedBy) {

        private static Task of(PendingTask t) {
            return new Task(t.title(), t.steps(), FindingRow.safeUrl(t.url()), t.verifiedBy());
        }
    }

    /**
     * A planned change.
     *
     * @param destructive whether the change is permanent
     * @param heldBack why the change is held back; null when it is not
     * @param allowableKey the shortened id of the key that has to be allow-listed for the change; null when that does not help
     */
    public record Planned(String description, boolean destructive, String heldBack, String allowableKey) {

        public static Planned of(PlannedChange c) {
            return new Planned(
                    c.description(),
                    c.kind().isDestructive(),
                    c.reason(),
                    c.canBeNamed() ? Printable.keyId(c.target()) : null);
        }
    }

    /**
     * A recorded change.
     *
     * @param detail what happened; null when there is nothing to add
     * @param allowableKey as of a {@link Planned} change
     * @param approvedBy who approved the change, or that nobody did
     * @param requestId the request id from AWS; null when AWS was not called
     */
    public record Change(
            Label outcome,
            String description,
            String detail,
            String allowableKey,
            String approvedBy,
            Times.Text time,
            String requestId) {

        private static Change of(ChangeRecord c) {
            return new Change(
                    Label.of(c.outcome()),
                    c.description(),
                    c.detail() == null || c.detail().isBlank() ? null : c.detail(),
                    c.allowableKey(),
                    c.approvedBy() != null ? c.approvedBy() : "Not approved",
                    Times.Text.of(c.at()),
                    c.requestId());
        }
    }

    /**
     * A check of phase 4.
     *
     * @param detail what shows that the check passed, or what is missing
     */
    public record Check(Label status, String title, String detail) {

        private static Check of(ValidationPoint p) {
            return new Check(Label.of(p.status()), p.title(), p.detail());
        }
    }

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

    /** Whether a member role would read what the run could not check. */
    public boolean needsMemberRole() {
        return Causes.needsMemberRole(state);
    }

    /** When and as whom the account was read, and the age of the credential report. */
    public String reading() {
        Instant at =
                state.findings() == null ? state.assessedAt() : state.findings().generatedAt();
        Instant report = Sentences.reportGeneratedAt(state);
        String reader = state.facts() == null || state.facts().caller() == null
                ? ""
                : " as " + state.facts().caller().arn();
        return (at == null ? "" : "Read on " + Times.minutes(at) + reader + ". ")
                + (report == null
                        ? "No credential report could be read."
                        : "Credential report generated on " + Times.minutes(report) + ".");
    }

    public List<PhaseStrip.Step> phases() {
        return PhaseStrip.of(state);
    }

    public List<Task> tasks() {
        return Waiting.tasks(state).stream().map(Task::of).toList();
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

    /** For example {@code 6 checks were not made. They require a member role.} */
    public String notCheckedTitle() {
        return Causes.notChecked(state);
    }

    /** The findings that passed or do not apply. */
    public List<FindingRow> settled() {
        return rows(EnumSet.of(Status.PASS, Status.NOT_APPLICABLE));
    }

    /** For example {@code 8 checks passed, 2 do not apply}. */
    public String settledTitle() {
        if (!isJudged()) {
            return "";
        }
        long passed = state.findings().count(Status.PASS);
        long rest = state.findings().count(Status.NOT_APPLICABLE);
        return (passed == 0 ? "No check passed" : Sentences.counted(passed, "check") + " passed")
                + (rest == 0 ? "" : ", " + rest + (rest == 1 ? " does" : " do") + " not apply");
    }

    /** The planned changes until phase 3 has carried out the plan, also after a dry run. */
    public List<Planned> planned() {
        boolean carriedOut = state.securedAt() != null
                && state.plan() != null
                && !state.plan().plannedAt().isAfter(state.securedAt());
        return carriedOut ? List.of() : state.unmade().stream().map(Planned::of).toList();
    }

    /** Who approved the plan, and when; null before an approval. */
    public String approval() {
        return state.approval() == null
                ? null
                : state.approval().by() + ", " + Times.minutes(state.approval().at());
    }

    public List<Change> changes() {
        return state.changes().stream().map(Change::of).toList();
    }

    /** The checks of phase 4; empty before it. */
    public List<Check> checks() {
        return state.validation() == null
                ? List.of()
                : state.validation().points().stream().map(Check::of).toList();
    }

    /** For example {@code 4 of 5 checks passed}. */
    public String checksPassed() {
        return state.validation() == null ? "" : Sentences.checksPassed(state.validation());
    }

    /** Where live calls and the credential report differ. */
    public List<String> disagreements() {
        return state.validation() == null ? List.of() : state.validation().disagreements();
    }

    public List<Readings.Reading> readings() {
        return state.facts() == null ? List.of() : Readings.of(state.facts());
    }

    private List<FindingRow> rows(Set<Status> statuses) {
        return isJudged()
                ? state.findings().findings().stream()
                        .filter(f -> statuses.contains(f.status()))
                        .map(FindingRow::of)
                        .toList()
                : List.of();
    }
}
