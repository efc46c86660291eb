package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialReportReader;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.controls.IamAdmin;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.controls.Verdict;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/** Checks with AWS whether a manual task is done, and records statements on the root password. */
public final class Confirmation {

    private static final String DELAY = " (an event can take 15 minutes to appear)";

    /** A check does not wait longer for a credential report: the next check has it. */
    private static final Duration REPORT_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private Confirmation() {}

    /**
     * How long to wait before the next automatic check: five times as long as the last one took, within limits, so that a check
     * of a large account does not use up the account's API rate.
     */
    public static Duration pauseAfter(Duration check, Duration shortest) {
        Duration pause = check.multipliedBy(5);
        return pause.compareTo(shortest) < 0 ? shortest : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * One check with AWS.
     *
     * @param passed whether the manual task is done
     * @param found what AWS reported, one line
     */
    public record Check(boolean passed, String found, Instant at) {}

    /**
     * Checks whether root has MFA, or whether an administrator that the policy accepts is unrestricted and has MFA or is a role.
     *
     * @param settings of the run that has the task: who may administer the account, and whom the task is about
     * @throws AwsAccessException when it can't be read; that never counts as passed
     * @throws IllegalArgumentException for a task that no AWS call reports
     */
    public static Check check(AccountConnection connection, PendingTask.What what, RunSettings settings) {
        return switch (what) {
            case MFA -> mfa(connection);
            case ADMIN_MFA -> administrator(connection.withMemberRole(settings.memberRole()), settings);
            case PASSWORD, PLAN -> throw new IllegalArgumentException("no AWS call shows " + what);
        };
    }

    private static Check mfa(AccountConnection connection) {
        Fact<AccountSummary> summary = new AccountReader(connection).accountSummary();
        OptionalInt enabled = known(summary).value(AccountSummary.MFA_ENABLED);
        if (enabled.isEmpty()) {
            throw new AwsAccessException(
                    new Unread(Unread.Kind.MISSING_VALUE, "iam:GetAccountSummary", AccountSummary.MFA_ENABLED));
        }
        return new Check(
                enabled.getAsInt() > 0,
                "account summary: " + AccountSummary.MFA_ENABLED + " = " + enabled.getAsInt(),
                summary.source().at());
    }

    private static Check administrator(AccountConnection connection, RunSettings settings) {
        Policy.Administrators accepted = settings.policy().administrators();
        CredentialReportReader report = new CredentialReportReader(connection);
        Fact<List<Administrator>> administrators = new AdministratorReader(connection)
                .read(
                        accepted::accepts,
                        settings.remediation().adminUserName(),
                        () -> report.fetch(REPORT_WAIT, REPORT_WAIT.dividedBy(10), line -> {}));
        known(administrators);
        Verdict verdict = IamAdmin.judge(administrators, accepted);
        if (verdict.status() == Status.UNKNOWN) {
            throw new AwsAccessException(new Unread(Unread.Kind.ADMINISTRATOR_UNKNOWN, null, verdict.summary()));
        }
        return new Check(
                verdict.status() == Status.PASS,
                verdict.summary(),
                administrators.source().at());
    }

    private static <T> T known(Fact<T> fact) {
        if (!fact.isKnown()) {
            throw new AwsAccessException(fact.unread());
        }
        return fact.get();
    }

    /** Records the statement that the root password of an account was changed, with what CloudTrail reports, as evidence. */
    public static PasswordConfirmation recordPassword(RunContext context, Scope scope, String by) {
        return context.connected(scope, new AtomicReference<>(scope.accountId()), connection -> {
            PasswordConfirmation stated = password(connection, by, Instant.now());
            context.evidence().statement(stated);
            return stated;
        });
    }

    /** The statement that the root password was changed, with what CloudTrail reports. */
    public static PasswordConfirmation password(AccountConnection connection, String by, Instant now) {
        Fact<RootActivity> activity =
                new RootActivityReader(connection).activity(new AccountReader(connection).alias());
        RootActivity.Event change = activity.isKnown() ? activity.get().lastPasswordChange() : null;
        Instant changedAt = change == null ? now : change.at();
        return new PasswordConfirmation(connection.accountId(), by, now, changedAt, corroboration(activity, now));
    }

    private static String corroboration(Fact<RootActivity> activity, Instant now) {
        if (!activity.isKnown()) {
            return "CloudTrail could not be read: " + activity.unread().sentence();
        }
        RootActivity.Event change = activity.get().lastPasswordChange();
        if (change == null) {
            Instant from = activity.get().searchedFrom();
            return "CloudTrail has no password change by root " + (from == null ? "within 90 days" : "since " + from)
                    + DELAY;
        }
        return change.at().isBefore(now.minus(PasswordConfirmation.STATED_WITHIN))
                ? "CloudTrail's last " + change.name() + " by root is dated " + change.at()
                        + ", and the rotation period starts there" + DELAY
                : "CloudTrail shows " + change.name() + " by root at " + change.at();
    }
}
