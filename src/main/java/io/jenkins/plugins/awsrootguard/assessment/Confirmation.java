package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/** Checks with AWS whether a manual task is done, and records statements on the root password. */
public final class Confirmation {

    private static final String DELAY = " (an event can take 15 minutes to appear)";

    private Confirmation() {}

    /**
     * One check with AWS.
     *
     * @param passed whether the manual task is done
     * @param found what AWS reported, one line
     */
    public record Check(boolean passed, String found, Instant at) {}

    /**
     * Checks whether root has MFA, or an unrestricted administrator has.
     *
     * @throws AwsAccessException when it can't be read; that never counts as passed
     * @throws IllegalArgumentException for a task that no AWS call reports
     */
    public static Check check(AccountConnection connection, PendingTask.What what) {
        return switch (what) {
            case MFA -> mfa(connection);
            case ADMIN_MFA -> adminMfa(connection);
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

    private static Check adminMfa(AccountConnection connection) {
        Fact<List<Administrator>> administrators = new AdministratorReader(connection).provenAdministrators();
        List<Administrator> all = known(administrators);
        Instant at = administrators.source().at();
        if (all.isEmpty()) {
            return new Check(false, "no IAM user has AdministratorAccess yet", at);
        }
        return all.stream()
                .filter(Administrator::isGuarded)
                .findFirst()
                .map(a -> new Check(true, "the administrator " + Printable.text(a.userName(), 64) + " has MFA", at))
                .orElseGet(() -> new Check(false, notYet(all), at));
    }

    private static String notYet(List<Administrator> all) {
        Optional<Administrator> undecided =
                all.stream().filter(Administrator::isUndecided).findFirst();
        if (undecided.isPresent()) {
            throw new AwsAccessException(new Unread(
                    Unread.Kind.RESTRICTION_UNKNOWN,
                    null,
                    null,
                    Printable.text(undecided.get().userName(), 64),
                    String.valueOf(undecided.get().because())));
        }
        if (all.stream().anyMatch(a -> a.mfa() == null)) {
            throw new AwsAccessException(new Unread(Unread.Kind.MFA_UNKNOWN, "iam:ListMFADevices"));
        }
        Optional<Administrator> limited =
                all.stream().filter(Administrator::isLimited).findFirst();
        if (limited.isPresent()) {
            return "the administrator " + Printable.text(limited.get().userName(), 64) + " has MFA, but "
                    + limited.get().because();
        }
        return all.size() == 1
                ? "the administrator " + Printable.text(all.get(0).userName(), 64) + " has no MFA"
                : "none of the " + all.size() + " administrators has MFA";
    }

    private static <T> T known(Fact<T> fact) {
        if (!fact.isKnown()) {
            throw new AwsAccessException(fact.unread());
        }
        return fact.get();
    }

    /**
     * Records the statement that the root password of an account was changed, with what CloudTrail reports, as evidence.
     *
     * @param by who states it
     */
    public static PasswordConfirmation recordPassword(RunContext context, Scope scope, String by) {
        return context.connected(scope, new AtomicReference<>(scope.accountId()), connection -> {
            PasswordConfirmation stated = password(connection, by, Instant.now());
            context.evidence().statement(stated);
            return stated;
        });
    }

    /**
     * The statement that the root password was changed, with what CloudTrail reports.
     *
     * @param by who states it
     * @param now when it is stated
     */
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
                ? "CloudTrail's last " + change.name() + " by root is of " + change.at()
                        + ", and the rotation period starts there" + DELAY
                : "CloudTrail shows " + change.name() + " by root at " + change.at();
    }
}
