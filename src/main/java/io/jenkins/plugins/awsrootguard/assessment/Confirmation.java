package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.aws.AdministratorReader;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks with AWS what a person says was done, by live calls. */
public final class Confirmation {

    private static final String DELAY = " (an event can take 15 minutes to appear)";

    private Confirmation() {}

    /**
     * Looks once whether it is so: root has MFA, or an administrator whom nothing limits has.
     *
     * @throws AwsAccessException when it can't be read; it then isn't known, and never counts as so
     * @throws IllegalArgumentException for a task that AWS can't show
     */
    public static Look look(AccountConnection connection, PendingTask.What what) {
        return switch (what) {
            case MFA -> mfa(connection);
            case ADMIN_MFA -> adminMfa(connection);
            case PASSWORD, PLAN -> throw new IllegalArgumentException("no AWS call shows " + what);
        };
    }

    private static Look mfa(AccountConnection connection) {
        Fact<AccountSummary> summary = new AccountReader(connection).accountSummary();
        OptionalInt enabled = known(summary).value(AccountSummary.MFA_ENABLED);
        if (enabled.isEmpty()) {
            throw new AwsAccessException(
                    new Unread(Unread.Kind.MISSING_VALUE, "iam:GetAccountSummary", AccountSummary.MFA_ENABLED));
        }
        return new Look(
                enabled.getAsInt() > 0,
                "account summary: " + AccountSummary.MFA_ENABLED + " = " + enabled.getAsInt(),
                summary.source().at());
    }

    private static Look adminMfa(AccountConnection connection) {
        Fact<List<Administrator>> administrators = new AdministratorReader(connection).provenAdministrators();
        List<Administrator> all = known(administrators);
        Instant at = administrators.source().at();
        if (all.isEmpty()) {
            return new Look(false, "no IAM user has AdministratorAccess yet", at);
        }
        return all.stream()
                .filter(Administrator::isGuarded)
                .findFirst()
                .map(a -> new Look(true, "the administrator " + Printable.text(a.userName(), 64) + " has MFA", at))
                .orElseGet(() -> new Look(false, notYet(all), at));
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
     * Records a person's statement about the root password of an account, with what CloudTrail shows, as evidence.
     *
     * @param by who states it
     */
    public static PasswordConfirmation recordPassword(RunContext context, Scope scope, String by) {
        List<CallRecord> calls = new ArrayList<>();
        AccountConnection connection = context.connections().open(scope);
        try (CallLog.Scope ignored = CallLog.tell(calls::add)) {
            PasswordConfirmation stated = password(connection, by, Instant.now());
            context.evidence().statement(stated);
            return stated;
        } finally {
            context.evidence().calls(connection.accountId(), calls);
            context.connections().release(connection);
        }
    }

    /**
     * Makes a person's statement about the root password a record, with what CloudTrail adds to it.
     *
     * @param by who states it
     * @param now when it is stated
     */
    public static PasswordConfirmation password(AccountConnection connection, String by, Instant now) {
        Fact<RootActivity> activity = new RootActivityReader(connection).activity();
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
