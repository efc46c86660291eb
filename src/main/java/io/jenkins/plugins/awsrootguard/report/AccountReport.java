package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page shows of one account: the one model behind {@code report.html} and the pages of Jenkins.
 *
 * @param row the account in the list of accounts
 */
public record AccountReport(AccountRow row, AccountState state) {

    private static final Set<Status> SETTLED = EnumSet.of(Status.PASS, Status.NOT_APPLICABLE);

    public static AccountReport of(AccountState state) {
        return new AccountReport(AccountRow.of(AccountEntry.of(state)), state);
    }

    /** A recorded change. */
    public record Change(ChangeRecord change) {

        public Label outcome() {
            return Label.of(change.outcome());
        }

        /** Returns who approved the change, or {@code Not approved}. */
        public String approvedBy() {
            return change.approvedBy() != null ? change.approvedBy() : "Not approved";
        }

        public Times.Text time() {
            return Times.Text.of(change.at());
        }

        /** Returns what happened; null when there is nothing to add. */
        public String detail() {
            return change.detail() == null || change.detail().isBlank() ? null : change.detail();
        }
    }

    /** A check of phase 4, with what shows that it passed, or what is missing. */
    public record Check(Label status, String title, String detail) {}

    public String title() {
        return "Account " + Sentences.name(state);
    }

    public Label label() {
        return row.verdict();
    }

    /** Returns the verdict with what a reader wants to know next, or why the account was not read. */
    public String verdict() {
        return isRead() ? (Sentences.verdict(state) + " " + Sentences.verdictDetail(state)).strip() : row.worst();
    }

    public boolean isRead() {
        return state.reading().outcome() == AccountReading.Outcome.READ;
    }

    /** Whether a member role would read what the run could not check. */
    public boolean needsMemberRole() {
        return needsMemberRole(state.facts());
    }

    static boolean needsMemberRole(AccountFacts facts) {
        return facts != null && facts.causes().contains(Unread.Kind.NEEDS_MEMBER_ROLE);
    }

    /** Returns when and as whom the account was read, and the age of the credential report. */
    public String reading() {
        Instant at =
                state.findings() == null ? state.assessedAt() : state.findings().generatedAt();
        Instant report = Sentences.reportGeneratedAt(state);
        String reader = state.facts() == null || state.facts().caller() == null
                ? ""
                : " as " + state.facts().caller().arn();
        String credentials = report != null
                ? "Credential report generated on " + Times.minutes(report) + "."
                : isRead() && !Sentences.needsNoReport(state) ? "No credential report could be read." : "";
        return Stream.of(
                        at == null ? "" : "Read on " + Times.minutes(at) + reader + ".",
                        credentials,
                        state.findings() == null
                                ? ""
                                : "Policy: " + state.findings().policy().displayName() + ".")
                .filter(s -> !s.isEmpty())
                .collect(Collectors.joining(" "));
    }

    public List<PhaseStrip.Step> phases() {
        return PhaseStrip.of(state);
    }

    public List<PendingTask> tasks() {
        return ManualTasks.open(state);
    }

    public boolean isJudged() {
        return state.findings() != null;
    }

    /** Returns the findings that need attention, worst first. */
    public List<FindingRow> open() {
        return rows(Finding::isOpen);
    }

    /** Returns the findings that the access method of the run cannot check. */
    public List<FindingRow> notChecked() {
        return rows(f -> f.counted() == Status.NOT_CHECKED);
    }

    /** For example {@code 6 controls were not checked. They require a member role.} */
    public String notCheckedTitle() {
        return notCheckedTitle(state);
    }

    static String notCheckedTitle(AccountState state) {
        long n = state.findings() == null
                ? 0
                : state.findings().findings().stream()
                        .filter(f -> f.counted() == Status.NOT_CHECKED)
                        .count();
        String needs = Stream.ofNullable(state.facts())
                .flatMap(facts -> facts.causes().stream())
                .flatMap(kind -> Stream.ofNullable(need(kind)))
                .distinct()
                .collect(Collectors.joining(", or "));
        return n == 0
                ? ""
                : Sentences.counted(n, "control") + (n == 1 ? " was" : " were") + " not checked."
                        + (needs.isEmpty() ? "" : (n == 1 ? " It requires " : " They require ") + needs + ".");
    }

    private static String need(Unread.Kind kind) {
        return switch (kind) {
            case NEEDS_MEMBER_ROLE, NEEDS_ACCOUNT_CREDENTIALS -> "a member role or credentials of the account";
            case NEEDS_ROOT -> "the root user or a root session";
            case NEEDS_ROOT_SESSION -> "a root session";
            case NEEDS_MANAGEMENT_ACCOUNT -> "the management account or a delegated administrator for IAM";
            case NEEDS_TRUSTED_ACCESS -> "trusted access for AWS Account Management";
            case FEW_CALLS -> "security-contact: {required: true} in the policy";
            case NEEDS_ORGANIZATION_RUN -> "a run over the organization";
            default -> null;
        };
    }

    /** Returns the findings that an exception of the policy covers. */
    public List<FindingRow> accepted() {
        return rows(Finding::isExcepted);
    }

    /** For example {@code 2 findings are accepted by an exception of the policy}. */
    public String acceptedTitle() {
        int n = accepted().size();
        return Sentences.counted(n, "finding") + (n == 1 ? " is" : " are") + " accepted by an exception of the policy";
    }

    /** Returns the findings that passed or do not apply. */
    public List<FindingRow> settled() {
        return rows(f -> SETTLED.contains(f.status()));
    }

    /** For example {@code 8 controls passed, 2 do not apply}. */
    public String settledTitle() {
        long passed = findings(f -> f.status() == Status.PASS).size();
        long rest = findings(f -> SETTLED.contains(f.status())).size() - passed;
        return (passed == 0 ? "No controls passed" : Sentences.counted(passed, "control") + " passed")
                + (rest == 0 ? "" : ", " + rest + (rest == 1 ? " does" : " do") + " not apply");
    }

    /** Returns the planned changes until phase 3 has carried out the plan, also after a dry run. */
    public List<PlannedChange> planned() {
        boolean carriedOut = state.securedAt() != null
                && state.plan() != null
                && !state.plan().plannedAt().isAfter(state.securedAt());
        return carriedOut ? List.of() : state.unmade();
    }

    /** Returns who approved the plan, and when; null before an approval. */
    public String approval() {
        return state.approval() == null
                ? null
                : state.approval().by() + ", " + Times.minutes(state.approval().at());
    }

    public List<Change> changes() {
        return state.changes().stream().map(Change::new).toList();
    }

    /** Returns the checks of phase 4; none before it. */
    public List<Check> checks() {
        return state.validation() == null
                ? List.of()
                : state.validation().points().stream()
                        .map(p -> new Check(Label.of(p.status()), p.title(), p.detail()))
                        .toList();
    }

    /** For example {@code 4 of 5 checks passed}. */
    public String checksPassed() {
        return state.validation() == null ? "" : Sentences.checksPassed(state.validation());
    }

    /** Returns where live calls and the credential report differ. */
    public List<String> disagreements() {
        return state.validation() == null ? List.of() : state.validation().disagreements();
    }

    public List<Readings.Reading> readings() {
        return state.facts() == null ? List.of() : Readings.of(state.facts());
    }

    private List<FindingRow> rows(Predicate<Finding> which) {
        return FindingRow.of(findings(which));
    }

    private List<Finding> findings(Predicate<Finding> which) {
        return isJudged() ? state.findings().findings().stream().filter(which).toList() : List.of();
    }
}
