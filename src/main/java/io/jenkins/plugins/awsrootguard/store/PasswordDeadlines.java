package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.util.XStream2;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * When each account's root password was last changed, as people confirmed it: kept on the controller, because no AWS call
 * reports it and builds are deleted. Thread-safe; on disk when a changing method returns.
 */
@Extension
public class PasswordDeadlines implements Saveable {

    private static final Logger LOGGER = Logger.getLogger(PasswordDeadlines.class.getName());

    /** In JENKINS_HOME. */
    public static final String FILE = "aws-root-password-deadlines.xml";

    /** The names in the file, which do not follow a package. */
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("aws-root-password-deadlines", PasswordDeadlines.class);
        XSTREAM.alias("password-change", PasswordChange.class);
    }

    // Replaced, never changed, so that it can be read without a lock.
    private volatile List<PasswordChange> entries = new ArrayList<>();
    private final transient Object lock = new Object();

    @NonNull
    public static PasswordDeadlines get() {
        return ExtensionList.lookupSingleton(PasswordDeadlines.class);
    }

    /** For Jenkins, which makes the one there is. */
    @Restricted(NoExternalUse.class)
    public PasswordDeadlines() {
        load();
    }

    /** The last statement about an account's root password; empty without one. */
    public Optional<PasswordConfirmation> last(String accountId) {
        return entry(accountId).map(PasswordChange::confirmation);
    }

    /**
     * Restarts the deadline of an account. A statement older than the last one is ignored.
     *
     * @param buildUrl the URL of the build, relative to the root of Jenkins; null without one
     * @throws UncheckedIOException when it cannot be saved
     */
    public void record(@NonNull PasswordConfirmation confirmation, String buildUrl) {
        synchronized (lock) {
            AccountId.parse(confirmation.accountId());
            Optional<PasswordConfirmation> known = last(confirmation.accountId());
            if (known.isPresent() && known.get().at().isAfter(confirmation.at())) {
                return;
            }
            List<PasswordChange> all = without(confirmation.accountId());
            all.add(new PasswordChange(confirmation, buildUrl));
            replace(all);
        }
    }

    /**
     * Removes the deadline of an account: administrators are not reminded of it until a new change is confirmed.
     *
     * @throws UncheckedIOException when it can't be saved
     */
    public void forget(String accountId) {
        synchronized (lock) {
            if (entry(accountId).isPresent()) {
                replace(without(accountId));
            }
        }
    }

    /** The accounts whose root password is overdue, or due within the reminder time; the most urgent first. */
    public List<Deadline> due(Instant now) {
        return all(now).stream().filter(Deadline::isDueSoon).toList();
    }

    /** All accounts with a deadline, the most urgent first. */
    public List<Deadline> all(Instant now) {
        Duration rotation = Duration.ofDays(rotationDays());
        return entries.stream()
                .map(e -> e.due(rotation, now))
                .sorted(Comparator.comparing(Deadline::dueAt).thenComparing(Deadline::accountId))
                .toList();
    }

    /** The deadline of an account; empty without one. */
    public Optional<Deadline> of(String accountId, Instant now) {
        return all(now).stream().filter(d -> d.accountId().equals(accountId)).findFirst();
    }

    /** The days after which a root password must be changed. */
    public int rotationDays() {
        return RootGuardGlobalConfiguration.get().getRotationDays();
    }

    /** The days before a deadline on which administrators are reminded for the first time. */
    public int reminderDays() {
        return RootGuardGlobalConfiguration.get().getReminderDays();
    }

    private Optional<PasswordChange> entry(String accountId) {
        return entries.stream().filter(e -> e.accountId().equals(accountId)).findFirst();
    }

    private List<PasswordChange> without(String accountId) {
        List<PasswordChange> rest = new ArrayList<>(entries);
        rest.removeIf(e -> e.accountId().equals(accountId));
        return rest;
    }

    private void replace(List<PasswordChange> all) {
        List<PasswordChange> before = entries;
        entries = all;
        try {
            save();
        } catch (IOException e) {
            entries = before;
            throw new UncheckedIOException("Could not save the password rotation deadlines", e);
        }
    }

    @Override
    public void save() throws IOException {
        synchronized (lock) {
            XmlFile file = file();
            file.write(this);
            SaveableListener.fireOnChange(this, file);
        }
    }

    private void load() {
        XmlFile file = file();
        if (!file.exists()) {
            return;
        }
        try {
            file.unmarshal(this);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + file + ". Password rotation deadlines start again.");
            setAside(file.getFile().toPath());
        }
        if (entries == null) {
            entries = new ArrayList<>();
        }
    }

    private static void setAside(Path file) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not rename " + file + ". It will be overwritten.");
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), FILE));
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

        String accountId() {
            return accountId;
        }

        PasswordConfirmation confirmation() {
            return new PasswordConfirmation(
                    accountId,
                    by,
                    Instant.ofEpochMilli(atMillis),
                    Instant.ofEpochMilli(changedAtMillis),
                    corroboration);
        }

        Deadline due(Duration rotation, Instant now) {
            PasswordConfirmation last = confirmation();
            Instant at = last.changedAt().plus(rotation);
            return new Deadline(last, buildUrl, at, Duration.between(now, at));
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
