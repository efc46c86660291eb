package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask.What;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
import io.jenkins.plugins.awsrootguard.store.Settlement.Note;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;

/**
 * Checks with AWS whether a manual task is completed, for a build page and for a pause. Keeps its connection from one check to the
 * next, and opens it again after a failed check. Thread-safe, one check at a time.
 */
public final class ConfirmationCheck implements AutoCloseable {

    /** The system property with the seconds that a request waits for AWS. */
    private static final String PATIENCE = ConfirmationCheck.class.getName() + ".patienceSeconds";

    private static final Logger LOGGER = Logger.getLogger(ConfirmationCheck.class.getName());

    private static final Set<String> IN_PROGRESS = ConcurrentHashMap.newKeySet();

    private final BuildRun.Body<AccountConnection> opener;
    private AccountConnection open;
    private boolean closed;

    /** @param opener opens a connection to the account of the task */
    public ConfirmationCheck(BuildRun.Body<AccountConnection> opener) {
        this.opener = opener;
    }

    /**
     * Checks a task other than PLAN.
     *
     * @param steps those that say who may administer the account
     * @param at when the user confirmed it
     * @throws AwsAccessException when AWS could not be read
     * @throws InvalidInputException when there are no credentials
     */
    public synchronized Note check(EarlierSteps steps, String accountId, What what, String by, Instant at)
            throws IOException, InterruptedException {
        if (open == null) {
            open = opener.run();
        }
        boolean checked = false;
        try {
            Note result = what == What.PASSWORD
                    ? Note.of(Confirmation.password(open, by, at))
                    : Note.of(accountId, what, by, Confirmation.check(open, what, steps.settings(accountId)));
            checked = true;
            return result;
        } finally {
            // The credentials may have expired or been replaced.
            if (!checked || closed) {
                disconnect();
            }
        }
    }

    /** Closes the connection, after a check that is in progress. */
    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Whether a check that a page started is in progress. */
    public static boolean isUnderWay(Run<?, ?> run, String accountId, What what) {
        return IN_PROGRESS.contains(key(run, accountId, what));
    }

    /**
     * Checks a task for a page, on another thread, and stores the result with the build. Waits up to 15 seconds for it; it may come
     * after this returns.
     *
     * @param shownChanges the ids of the changes that the page showed and the approval is for
     * @throws Failure when a user must sign in first
     */
    public static void start(BuildStore store, String accountId, What what, Set<String> shownChanges) {
        String by = Person.asking(what == What.PASSWORD || what == What.PLAN);
        String key = key(store.getRun(), accountId, what);
        if (!IN_PROGRESS.add(key)) {
            return;
        }
        await(Computer.threadPoolForRemoting.submit(() -> {
            try {
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                if (what == What.PLAN) {
                    ApprovedChanges approved = new ApprovedChanges(Map.of(accountId, shownChanges), Map.of());
                    Settlement.plan(store, accountId, approved, by, now);
                } else {
                    Settlement.store(store, checkOnce(store, accountId, what, by, now));
                }
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "The confirmation of " + key + " could not be stored");
                throw e;
            } finally {
                IN_PROGRESS.remove(key);
            }
        }));
    }

    private static void await(Future<?> result) {
        try {
            result.get(SystemProperties.getInteger(PATIENCE, 15), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOGGER.log(Level.FINE, "AWS has not answered yet. The page shows the result later.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new Failure(Messages.ConfirmationCheck_notStored());
        }
    }

    private static String key(Run<?, ?> run, String accountId, What what) {
        return run.getExternalizableId() + " " + accountId + " " + what;
    }

    private static Note checkOnce(BuildStore store, String accountId, What what, String by, Instant now) {
        EarlierSteps steps = store.anyBranch();
        // Not as a step does: the build's own steps decide which account and credentials later steps use.
        try (ConfirmationCheck check = new ConfirmationCheck(() -> AwsConnections.open(
                        store.getRun(),
                        new EnvVars(),
                        null,
                        new ConnectionSpec(null, null, accountId, null, false, null),
                        steps.connection(accountId),
                        Timeouts.DEFAULT,
                        TaskListener.NULL)
                .connection())) {
            return check.check(steps, accountId, what, by, now);
        } catch (IOException | InterruptedException | RuntimeException e) {
            return what == What.PASSWORD
                    // The statement counts without CloudTrail, and says that it is not corroborated.
                    ? Note.of(new PasswordConfirmation(
                            accountId, by, now, now, "CloudTrail could not be read: " + reason(e)))
                    : new Note(accountId, what, Note.Outcome.NOT_READ, by, now, reason(e), null);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof AwsAccessException || e instanceof InvalidInputException) {
            return e.getMessage();
        }
        LOGGER.log(Level.WARNING, "A confirmation could not be checked", e);
        return "Unexpected error. The Jenkins system log has the cause.";
    }
}
