package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Failure;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.Look;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.config.AwsConnections;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot.ApprovedChanges;
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
 * Checks the confirmation of a manual task with AWS, on another thread than the request: the page waits up to 15 seconds for the
 * result, or shows it later.
 */
public final class ConfirmationCheck {

    /** The system property with the seconds that a request waits for AWS. */
    private static final String PATIENCE = ConfirmationCheck.class.getName() + ".patienceSeconds";

    private static final Logger LOGGER = Logger.getLogger(ConfirmationCheck.class.getName());

    private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();

    private final BuildStore store;
    private final String accountId;
    private final PendingTask.What what;
    private final String by;
    private final Set<String> shownChanges;

    private ConfirmationCheck(
            BuildStore store, String accountId, PendingTask.What what, String by, Set<String> shownChanges) {
        this.store = store;
        this.accountId = accountId;
        this.what = what;
        this.by = by;
        this.shownChanges = shownChanges;
    }

    public static boolean isUnderWay(Run<?, ?> run, String accountId, PendingTask.What what) {
        return UNDER_WAY.contains(key(run, accountId, what));
    }

    /**
     * Checks it and keeps the outcome with the build. The outcome may come after this returns.
     *
     * @param shownChanges the ids of the changes that the page showed, of which the approval is
     * @throws Failure when a user must sign in first
     */
    public static void start(BuildStore store, String accountId, PendingTask.What what, Set<String> shownChanges) {
        ConfirmationCheck check = new ConfirmationCheck(
                store,
                accountId,
                what,
                Person.asking(what == PendingTask.What.PASSWORD || what == PendingTask.What.PLAN),
                shownChanges);
        String key = key(store.getRun(), accountId, what);
        if (!UNDER_WAY.add(key)) {
            return;
        }
        Future<?> answer = Computer.threadPoolForRemoting.submit(() -> {
            try {
                check.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "The confirmation of " + key + " could not be stored");
                throw e;
            } finally {
                UNDER_WAY.remove(key);
            }
        });
        await(answer);
    }

    private static void await(Future<?> answer) {
        try {
            answer.get(SystemProperties.getInteger(PATIENCE, 15), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOGGER.log(Level.FINE, "AWS takes its time; the page shows the answer when it is there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new Failure(Messages.ConfirmationCheck_notStored());
        }
    }

    private static String key(Run<?, ?> run, String accountId, PendingTask.What what) {
        return run.getExternalizableId() + " " + accountId + " " + what;
    }

    private void run() {
        switch (what) {
            case MFA, ADMIN_MFA -> look();
            case PASSWORD -> password();
            case PLAN ->
                Settlement.plan(
                        store,
                        accountId,
                        new ApprovedChanges(Map.of(accountId, shownChanges), Map.of()),
                        by,
                        Instant.now());
        }
    }

    private void look() {
        Look look;
        try (AccountConnection connection = connect()) {
            look = Confirmation.look(connection, what);
        } catch (RuntimeException e) {
            note(Settlement.Note.Outcome.NOT_READ, Instant.now(), reason(e));
            return;
        }
        if (look.holds()) {
            Settlement.fact(store, accountId, what, by, look.at(), look.saw());
        } else {
            note(Settlement.Note.Outcome.NOT_SO, look.at(), look.saw());
        }
    }

    private void password() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        PasswordConfirmation statement;
        try (AccountConnection connection = connect()) {
            statement = Confirmation.password(connection, by, now);
        } catch (RuntimeException e) {
            // The statement counts without CloudTrail, and says that it is not corroborated.
            statement = new PasswordConfirmation(
                    accountId, by, now, now, Messages.ConfirmationCheck_notCorroborated(reason(e)));
        }
        Settlement.password(store, statement);
    }

    private AccountConnection connect() {
        ConnectionSpec spec = new ConnectionSpec(null, accountId, null);
        // Quietly: the build's own steps decide which account and credentials later steps use.
        return AwsConnections.openQuietly(store.getRun(), new EnvVars(), spec, store.connection(accountId));
    }

    private void note(Settlement.Note.Outcome outcome, Instant at, String saw) {
        store.confirmed(accountId, what, outcome, by, at, saw);
    }

    private static String reason(RuntimeException e) {
        if (e instanceof AwsAccessException || e instanceof InvalidInputException) {
            return e.getMessage();
        }
        LOGGER.log(Level.WARNING, "A confirmation could not be checked", e);
        return Messages.ConfirmationCheck_unexpected();
    }
}
