package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.ControlStatus;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.assessment.Standing;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What administrators must know of the last build of each job. Kept on the controller, so that no page loads builds. Thread-safe;
 * on disk when a changing method returns.
 */
@Extension
@Restricted(NoExternalUse.class)
public class Watch implements Saveable {

    /** In JENKINS_HOME. */
    public static final String FILE = "aws-root-guard-watch.xml";

    private static final HomeFile HOME =
            new HomeFile(FILE).alias("aws-root-guard-watch", Watch.class).alias("alert", Alert.class);

    private static final String ROOT_USE = "root-recent-use";

    /** More accounts with an exception are not searched for its last day. */
    private static final int MOST_ACCOUNTS = 100;

    private static final Object LOCK = new Object();

    // Replaced, never changed, so that they can be read without a lock.
    private volatile Map<String, List<Alert>> jobs = new TreeMap<>();
    private volatile Set<String> dismissed = new TreeSet<>();

    @NonNull
    public static Watch get() {
        return ExtensionList.lookupSingleton(Watch.class);
    }

    /** For Jenkins, which creates the only one. */
    public Watch() {
        HOME.read(this);
        jobs = jobs == null ? new TreeMap<>() : jobs;
        dismissed = dismissed == null ? new TreeSet<>() : dismissed;
    }

    /** What an alert is about, and its values. */
    public enum Kind {
        /** The verdict got worse: the {@link Standing} before and now. */
        VERDICT,
        /** The root user was used: the number of accounts, the reference build, and a hash of the accounts and days. */
        ROOT_USED,
        /** An exception is in force: control, owner, and last day. */
        EXCEPTION
    }

    /** Something about a job, as stored. Immutable. */
    public static final class Alert {

        private final Kind kind;
        private final int build;
        private final ArrayList<String> values;

        Alert(Kind kind, int build, Object... values) {
            this.kind = kind;
            this.build = build;
            this.values =
                    new ArrayList<>(Stream.of(values).map(Object::toString).toList());
        }

        public Kind kind() {
            return kind;
        }

        /** The number of the build that found it. */
        public int build() {
            return build;
        }

        public List<String> values() {
            return List.copyOf(values);
        }

        private boolean isSame(Alert other) {
            return kind == other.kind && values.equals(other.values);
        }
    }

    /** The alerts by the full name of their job. */
    public Map<String, List<Alert>> jobs() {
        return Map.copyOf(jobs);
    }

    public boolean isDismissed(String key) {
        return dismissed.contains(key);
    }

    /**
     * Dismisses alerts.
     *
     * @param keys of the alerts that a user dismisses
     * @param current the keys of all alerts, dismissed or not; a dismissal of any other is forgotten
     */
    public void dismiss(Collection<String> keys, Collection<String> current) {
        synchronized (LOCK) {
            Set<String> all = new TreeSet<>(dismissed);
            all.addAll(keys);
            all.retainAll(current);
            dismissed = all;
            save();
        }
    }

    /** Keeps what the last build of a job found. A build that evaluated no account, or ended after a later one, changes nothing. */
    private void judge(BuildStore store) {
        RunSummary now = store.history().summary().orElse(null);
        if (now == null || now.standing() == Standing.NOT_JUDGED || isOutdated(store.getRun())) {
            return;
        }
        Optional<Standing> earlierStanding = store.history().earlierStanding();
        List<Finding> excepted = exceptions(store);
        List<Alert> uses = store.history().differences().stream()
                .flatMap(difference -> used(store, difference).stream())
                .toList();
        String job = store.getRun().getParent().getFullName();
        synchronized (LOCK) {
            List<Alert> earlier = jobs.getOrDefault(job, List.of());
            List<Alert> alerts = new ArrayList<>();
            Standing before = earlier.stream()
                    .filter(a -> a.kind == Kind.VERDICT)
                    .map(a -> Standing.valueOf(a.values.get(0)))
                    .findFirst()
                    .or(() -> earlierStanding)
                    .orElse(now.standing());
            int build = store.getRun().getNumber();
            if (now.standing().isWorseThan(before)) {
                alerts.add(new Alert(Kind.VERDICT, build, before, now.standing()));
            }
            alerts.addAll(uses);
            excepted.forEach(f -> alerts.add(new Alert(
                    Kind.EXCEPTION,
                    build,
                    f.control(),
                    f.exception().owner(),
                    f.exception().expires())));
            // One that stays keeps the build that found it.
            alerts.replaceAll(
                    a -> earlier.stream().filter(a::isSame).findFirst().orElse(a));
            replace(job, alerts);
        }
    }

    /** Whether a later build has ended and evaluated an account. */
    private static boolean isOutdated(Run<?, ?> build) {
        return Stream.<Run<?, ?>>iterate(build.getNextBuild(), Objects::nonNull, run -> run.getNextBuild())
                .filter(run -> !run.isBuilding())
                .flatMap(run -> Stream.ofNullable(run.getAction(BuildStore.class)))
                .anyMatch(later -> later.history().summary().isPresent());
    }

    /** The new uses of root in a build; empty without one. */
    private static Optional<Alert> used(BuildStore store, Difference difference) {
        Map<String, String> days = new TreeMap<>();
        difference.added().stream()
                .filter(item -> item.control().equals(ROOT_USE) && item.status() == Status.FAIL)
                .forEach(item -> days.put(
                        item.accountId(),
                        store.accounts().account(item.accountId()).stream()
                                .flatMap(account -> account.controls().stream())
                                .filter(control -> control.control().equals(ROOT_USE))
                                .map(ControlStatus::subjects)
                                .findFirst()
                                .orElse(List.of())
                                .toString()));
        return days.isEmpty()
                ? Optional.empty()
                : Optional.of(new Alert(
                        Kind.ROOT_USED,
                        store.getRun().getNumber(),
                        days.size(),
                        difference.reference(),
                        Sha256.of(days.toString())));
    }

    /** The findings with an exception in force, one for each exception. */
    private static List<Finding> exceptions(BuildStore store) {
        Set<Object> seen = new HashSet<>();
        return Stream.concat(
                        store.organization().map(RunHeader::central).stream(),
                        store.accounts().all().stream()
                                .filter(a -> a.controls().stream().anyMatch(ControlStatus::isExcepted))
                                .limit(MOST_ACCOUNTS)
                                .map(AccountEntry::id)
                                .flatMap(id -> store.readableState(id).stream())
                                .flatMap(state -> Stream.ofNullable(state.findings()))
                                .flatMap(findings -> findings.findings().stream()))
                .filter(Objects::nonNull)
                .filter(Finding::isExcepted)
                .filter(f -> seen.add(List.of(f.control(), f.exception())))
                .toList();
    }

    private void move(String job, String newName) {
        synchronized (LOCK) {
            List<Alert> alerts = jobs.get(job);
            if (alerts != null) {
                if (newName != null) {
                    replace(newName, alerts);
                }
                replace(job, List.of());
            }
        }
    }

    private void replace(String job, List<Alert> alerts) {
        Map<String, List<Alert>> after = new TreeMap<>(jobs);
        if (alerts.isEmpty()) {
            after.remove(job);
        } else {
            after.put(job, alerts);
        }
        if (alerts.isEmpty() && !jobs.containsKey(job)) {
            return;
        }
        jobs = after;
        save();
    }

    @Override
    public void save() {
        try {
            HOME.write(this);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not save " + FILE, e);
        }
    }

    /** Updates the alerts after each build. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Builds extends RunListener<Run<?, ?>> {

        @Override
        public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
            BuildStore store = run.getAction(BuildStore.class);
            if (store != null) {
                get().judge(store);
            }
        }
    }

    /** Follows jobs that are renamed, moved or deleted. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static final class Jobs extends ItemListener {

        @Override
        public void onDeleted(Item item) {
            get().move(item.getFullName(), null);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            get().move(oldFullName, newFullName);
        }
    }
}
