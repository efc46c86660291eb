package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.PasswordChange;
import java.time.Duration;
import java.time.Instant;

/**
 * When the root password of an account is to be changed.
 *
 * @param confirmation the statement that the clock was started by
 * @param buildUrl the build in which it was made, relative to the root of Jenkins; null when there was none
 * @param dueAt when the rotation time ends
 * @param daysLeft whole days until then, at least 0; 0 when it is overdue
 * @param daysOverdue whole days since then, at least 1 when it is overdue; 0 when it isn't
 */
public record PasswordDeadline(
        String accountId,
        PasswordConfirmation confirmation,
        String buildUrl,
        Instant dueAt,
        long daysLeft,
        long daysOverdue) {

    static PasswordDeadline of(PasswordChange entry, Instant dueAt, Instant now) {
        Duration left = Duration.between(now, dueAt);
        boolean overdue = left.isNegative() || left.isZero();
        return new PasswordDeadline(
                entry.accountId(),
                entry.confirmation(),
                entry.buildUrl(),
                dueAt,
                overdue ? 0 : left.toDays(),
                // The first day of being late is day 1: "overdue by 0 days" would tell nobody anything.
                overdue ? left.negated().toDays() + 1 : 0);
    }

    public boolean isOverdue() {
        return daysOverdue > 0;
    }

    /** Whether administrators are reminded of it. */
    public boolean isDueSoon() {
        return isWithin(RootGuardGlobalConfiguration.get().getReminderDays());
    }

    boolean isWithin(int days) {
        return isOverdue() || daysLeft < days;
    }

    /** For example {@code due in 3 days}, {@code due today}, {@code overdue by 1 day}. */
    public String inWords() {
        if (isOverdue()) {
            return Messages.PasswordDeadline_overdue(daysOverdue);
        }
        return daysLeft == 0 ? Messages.PasswordDeadline_today() : Messages.PasswordDeadline_in(daysLeft);
    }
}
