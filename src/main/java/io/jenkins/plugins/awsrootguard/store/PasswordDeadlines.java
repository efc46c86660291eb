package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * When each account's root password was last changed, as users confirmed it: kept on the controller, because no AWS call
 * reports it and builds are deleted. Thread-safe; on disk when a changing method returns.
 */
@Extension
public class PasswordDeadlines extends HomeFile {

    /** In JENKINS_HOME. */
    public static final String FILE = "aws-root-password-deadlines.xml";

    private static final Object LOCK = new Object();

    // Replaced, never changed, so that it can be read without a lock.
    private volatile List<PasswordChange> entries = new ArrayList<>();

    @NonNull
    public static PasswordDeadlines get() {
        return ExtensionList.lookupSingleton(PasswordDeadlines.class);
    }

    /** For Jenkins, which creates the only one. */
    @Restricted(NoExternalUse.class)
    public PasswordDeadlines() {
        super(
                FILE,
                Map.of(
                        "aws-root-password-deadlines",
                        PasswordDeadlines.class,
                        "password-change",
                        PasswordChange.class));
        load();
        entries = entries == null ? new ArrayList<>() : entries;
    }

    /** The last statement about an account's root password; empty without one. */
    public Optional<PasswordConfirmation> last(String accountId) {
        return entries.stream()
                .filter(e -> e.accountId.equals(accountId))
                .map(PasswordChange::confirmation)
                .findFirst();
    }

    /**
     * Restarts the deadline of an account. A statement older than the last one is ignored.
     *
     * @param buildUrl the URL of the build, relative to the root of Jenkins; null without one
     * @throws UncheckedIOException when it cannot be saved
     */
    public void record(@NonNull PasswordConfirmation confirmation, String buildUrl) {
        String accountId = confirmation.accountId();
        AccountId.parse(accountId);
        synchronized (LOCK) {
            if (last(accountId).filter(l -> l.at().isAfter(confirmation.at())).isEmpty()) {
                replace(accountId, List.of(new PasswordChange(confirmation, buildUrl)));
            }
        }
    }

    /**
     * Removes the deadline of an account: administrators are not reminded of it until a new change is confirmed.
     *
     * @throws UncheckedIOException when it cannot be saved
     */
    public void forget(String accountId) {
        synchronized (LOCK) {
            if (last(accountId).isPresent()) {
                replace(accountId, List.of());
            }
        }
    }

    private void replace(String accountId, List<PasswordChange> newer) {
        List<PasswordChange> before = entries;
        List<PasswordChange> all = new ArrayList<>(before);
        all.removeIf(e -> e.accountId.equals(accountId));
        all.addAll(newer);
        entries = all;
        try {
            save();
        } catch (UncheckedIOException e) {
            entries = before;
            throw e;
        }
    }

    /** The accounts whose root password is overdue, or due within the reminder time; the most urgent first. */
    public List<Deadline> due(Instant now) {
        return all(now).stream().filter(Deadline::isDueSoon).toList();
    }

    /** All accounts with a deadline, the most urgent first. */
    public List<Deadline> all(Instant now) {
        return entries.stream()
                .map(e -> e.due(now))
                .sorted(Comparator.comparing(Deadline::dueAt).thenComparing(Deadline::accountId))
                .toList();
    }

    /** The deadline of an account; empty without one. */
    public Optional<Deadline> of(String accountId, Instant now) {
        return all(now).stream().filter(d -> d.accountId().equals(accountId)).findFirst();
    }

    /** The days after which a root password must be changed. */
    public int rotationDays() {
        return RootGuardGlobalConfiguration.get().policy().thresholds().rotationDays();
    }

    /** The days before a deadline on which administrators are reminded for the first time. */
    public int reminderDays() {
        return RootGuardGlobalConfiguration.get().getReminderDays();
    }

    /** The last change of one root password, as stored. Immutable. */
    static final class PasswordChange {

        private final String accountId;
        private final String by;
        private final long atMillis;
        private final long changedAtMillis;
        private final String corroboration;
        private final String buildUrl;

        PasswordChange(PasswordConfirmation confirmation, String buildUrl) {
            this.accountId = confirmation.accountId();
            this.by = confirmation.by();
            this.atMillis = confirmation.at().toEpochMilli();
            this.changedAtMillis = confirmation.changedAt().toEpochMilli();
            this.corroboration = confirmation.corroboration();
            this.buildUrl = buildUrl;
        }

        PasswordConfirmation confirmation() {
            Instant at = Instant.ofEpochMilli(atMillis);
            return new PasswordConfirmation(accountId, by, at, Instant.ofEpochMilli(changedAtMillis), corroboration);
        }

        Deadline due(Instant now) {
            Instant at = Instant.ofEpochMilli(changedAtMillis).plus(Duration.ofDays(get().rotationDays()));
            return new Deadline(confirmation(), buildUrl, at, Duration.between(now, at));
        }
    }

    /**
     * When the root password of an account must be changed.
     *
     * @param confirmation of the last change
     * @param buildUrl the build in which the change was confirmed, relative to the root of Jenkins; null without one
     * @param left the time until {@code dueAt}; not positive when it is overdue
     */
    public record Deadline(PasswordConfirmation confirmation, String buildUrl, Instant dueAt, Duration left) {

        public String accountId() {
            return confirmation.accountId();
        }

        public boolean isOverdue() {
            return left.isNegative() || left.isZero();
        }

        /** Whether administrators are reminded of it. */
        public boolean isDueSoon() {
            return left.compareTo(Duration.ofDays(get().reminderDays())) < 0;
        }

        /** In days, rounded, for example {@code due in 3 days}, {@code due today}, {@code overdue by 1 day}. */
        public String inWords() {
            if (isOverdue()) {
                // The first day counts as day 1.
                return Messages.PasswordDeadline_overdue(left.negated().toDays() + 1);
            }
            return left.toDays() < 1
                    ? Messages.PasswordDeadline_today()
                    : Messages.PasswordDeadline_in(left.plusHours(12).toDays());
        }
    }
}
