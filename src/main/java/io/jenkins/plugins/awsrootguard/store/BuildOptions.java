package io.jenkins.plugins.awsrootguard.store;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the steps of a build said, account by account, so that it need not be said again. Thread-safe. Holds names and numbers,
 * never a secret.
 */
final class BuildOptions extends InvisibleAction {

    // Replaced, never changed: build.xml may be written by another thread at any time.
    private volatile Map<String, PlanOptions> plans = new HashMap<>();
    private volatile Map<String, Integer> maxAges = new HashMap<>();
    private volatile OrganizationOptions organization;

    static BuildOptions of(Run<?, ?> run) {
        synchronized (run) {
            BuildOptions found = run.getAction(BuildOptions.class);
            if (found == null) {
                found = new BuildOptions();
                run.addAction(found);
            }
            return found;
        }
    }

    /** What was said, with what was said before; kept for later steps. */
    synchronized PlanOptions plan(Run<?, ?> run, String accountId, PlanOptions said) {
        PlanOptions all = said.over(plan(accountId));
        Map<String, PlanOptions> copy = new HashMap<>(plans);
        copy.put(accountId, all);
        plans = copy;
        save(run);
        return all;
    }

    PlanOptions plan(String accountId) {
        return plans.getOrDefault(accountId, PlanOptions.NONE);
    }

    /** The oldest report that counts, in hours; 0 when nothing was said. */
    int maxAge(String accountId) {
        return maxAges.getOrDefault(accountId, 0);
    }

    synchronized void maxAge(Run<?, ?> run, String accountId, int hours) {
        Map<String, Integer> copy = new HashMap<>(maxAges);
        copy.put(accountId, hours);
        maxAges = copy;
        save(run);
    }

    /** Keeps what was said of the organization for later steps. */
    synchronized void organization(Run<?, ?> run, OrganizationOptions said) {
        organization = said;
        save(run);
    }

    OrganizationOptions organization() {
        return organization == null ? OrganizationOptions.NONE : organization;
    }

    private static void save(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException("The build could not be saved", e);
        }
    }
}
