package io.jenkins.plugins.awsrootguard.store;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What administrators must know of the last builds of each job. Kept on the controller, so that no page loads builds. Thread-safe;
 * on disk when a changing method returns.
 */
@Extension
@Restricted(NoExternalUse.class)
public class Watch extends HomeFile {

    /** In JENKINS_HOME. */
    public static final String FILE = "aws-root-guard-watch.xml";

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
        super(FILE, Map.of("aws-root-guard-watch", Watch.class, "alert", Alert.class));
        load();
        jobs = jobs == null ? new TreeMap<>() : jobs;
        dismissed = dismissed == null ? new TreeSet<>() : dismissed;
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

    /** Keeps what a build found, in place of what was known about the same accounts. */
    private void judge(BuildStore store) {
        AlertsOfBuild found = AlertsOfBuild.of(store).orElse(null);
        if (found == null) {
            return;
        }
        String job = store.getRun().getParent().getFullName();
        synchronized (LOCK) {
            Map<Boolean, List<Alert>> earlier = jobs.getOrDefault(job, List.of()).stream()
                    .collect(Collectors.partitioningBy(alert -> alert.isAbout(found.subject())));
            replace(
                    job,
                    Stream.concat(earlier.get(false).stream(), found.after(earlier.get(true)).stream())
                            .toList());
        }
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
            // As XStream reads it with every Java.
            after.put(job, new ArrayList<>(alerts));
        }
        if (alerts.isEmpty() && !jobs.containsKey(job)) {
            return;
        }
        jobs = after;
        save();
    }

    /** Something that administrators must know about what a job reads, as stored. Immutable. */
    @Restricted(NoExternalUse.class)
    public static final class Alert {

        /** What an alert is about, and its values. */
        public enum Kind {
            /** The verdict got worse: the standing before and now. */
            VERDICT,
            /** The root user was used: the reference build, then each account with what shows its use. */
            ROOT_USED,
            /** An exception is in force: control, owner, and last day. */
            EXCEPTION
        }

        private final Kind kind;
        private final String subject;
        private final int build;
        private final ArrayList<String> values;

        /** @param subject the account, the accounts or the organization of the build */
        Alert(Kind kind, String subject, int build, Object... values) {
            this.kind = kind;
            this.subject = subject;
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

        /** The same for the same values. */
        public int hash() {
            return values.hashCode();
        }

        boolean isAbout(String what) {
            return what.equals(subject);
        }

        boolean isSame(Alert other) {
            return kind == other.kind && isAbout(other.subject) && values.equals(other.values);
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
