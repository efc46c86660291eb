package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.PasswordChange;
import java.time.Duration;
import java.time.Instant;

/**
 * When the root password of an account must be changed.
 *
 * @param confirmation of the last change
 * @param buildUrl the build in which the change was confirmed, relative to the root of Jenkins; null without one
 * @param left the time until {@code dueAt}; not positive when it is overdue
 */
public record PasswordDeadline(
        String accountId, PasswordConfirmation confirmation, String buildUrl, Instant dueAt, Duration left) {

    private static final Duration DAY = Duration.ofDays(1);

    static PasswordDeadline of(PasswordChange entry, Instant dueAt, Instant now) {
        return new PasswordDeadline(
                entry.accountId(), entry.confirmation(), entry.buildUrl(), dueAt, Duration.between(now, dueAt));
    }

    public boolean isOverdue() {
        return left.isNegative() || left.isZero();
    }

    /** Whether administrators are reminded of it. */
    public boolean isDueSoon() {
        return isWithin(RootGuardGlobalConfiguration.get().getReminderDays());
    }

    boolean isWithin(int days) {
        return left.compareTo(Duration.ofDays(days)) < 0;
    }

    /** In days, rounded, for example {@code due in 3 days}, {@code due today}, {@code overdue by 1 day}. */
    public String inWords() {
        if (isOverdue()) {
            // The first day counts as day 1.
            return Messages.PasswordDeadline_overdue(left.negated().toDays() + 1);
        }
        return left.compareTo(DAY) < 0
                ? Messages.PasswordDeadline_today()
                : Messages.PasswordDeadline_in(left.plusHours(12).toDays());
    }
}
