package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.ChangeResult;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Phase 3: carries out a plan. The administrator comes first and is proven by live calls; only then is root touched, so there
 * is always a way in. Each change is journalled before and after it is made, and a failed one is a record, not an exception.
 */
public final class Remediation {

    public static final HeldBack STOPPED = HeldBack.because(HeldBack.Reason.STOPPED);

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final Approval approval;
    private final ChangeJournal journal;
    private final ProgressLog log;
    private final ChangeMaker maker;
    private final List<ChangeRecord> records = new ArrayList<>();
    private final BooleanSupplier stopped;
    private boolean failed;
    private boolean proven;
    private String proofText;

    private Remediation(
            AccountConnection connection,
            RemediationSettings settings,
            Thresholds thresholds,
            Approval approval,
            ChangeJournal journal,
            ProgressLog log,
            Surroundings around) {
        this.connection = connection;
        this.settings = settings;
        this.approval = approval;
        this.journal = journal;
        this.log = log;
        this.stopped = around.stopped();
        this.maker = new ChangeMaker(connection, settings, thresholds, around.central());
    }

    /**
     * @param approval null when nobody approved the plan: then nothing is changed
     * @param dryRun whether only to say what would be done
     * @return one record a change, in the order of the plan
     * @throws InvalidInputException when the plan is another account's than the connection
     */
    public static List<ChangeRecord> apply(
            AccountConnection connection,
            RemediationPlan plan,
            RemediationSettings settings,
            Thresholds thresholds,
            Approval approval,
            boolean dryRun,
            ChangeJournal journal,
            ProgressLog log) {
        return apply(connection, plan, settings, thresholds, approval, dryRun, journal, log, () -> false);
    }

    /**
     * The same.
     *
     * @param stopped asked before each change: whether no further one is to be begun
     */
    public static List<ChangeRecord> apply(
            AccountConnection connection,
            RemediationPlan plan,
            RemediationSettings settings,
            Thresholds thresholds,
            Approval approval,
            boolean dryRun,
            ChangeJournal journal,
            ProgressLog log,
            BooleanSupplier stopped) {
        Surroundings around = new Surroundings(Surroundings.central(connection), stopped);
        return apply(connection, plan, settings, thresholds, approval, dryRun, journal, log, around);
    }

    public static List<ChangeRecord> apply(
            AccountConnection connection,
            RemediationPlan plan,
            RemediationSettings settings,
            Thresholds thresholds,
            Approval approval,
            boolean dryRun,
            ChangeJournal journal,
            ProgressLog log,
            Surroundings around) {
        if (!plan.accountId().equals(connection.accountId())) {
            throw new InvalidInputException(
                    "the plan is for account " + plan.accountId() + ", but the connection is to account "
                            + connection.accountId() + ": give accountId '" + plan.accountId() + "'");
        }
        Remediation run = new Remediation(connection, settings, thresholds, approval, journal, log, around);
        if (plan.changes().isEmpty()) {
            log.line("Nothing to change");
        }
        // Stable, so that within a kind the plan's own order stands. But the key that signs the calls is last: it may
        // be another one than when the plan was made.
        plan.changes().stream()
                .sorted(Comparator.comparing(PlannedChange::kind)
                        .thenComparing(change -> connection.signs(change.target())))
                .forEach(change -> run.carryOut(change, dryRun));
        return List.copyOf(run.records);
    }

    private void carryOut(PlannedChange change, boolean dryRun) {
        HeldBack blocked = blocked(change);
        if (blocked != null) {
            skip(change, blocked);
        } else if (dryRun) {
            end(change, Outcome.WOULD_DO, null, "dry run: nothing was changed");
        } else if (stopped.getAsBoolean()) {
            skip(change, STOPPED);
        } else if (!isApproved(change)) {
            skip(change, HeldBack.because(HeldBack.Reason.NOT_APPROVED));
        } else {
            HeldBack heldBack = change.kind().isAdditive() ? promotion(change) : obstacle(change);
            if (heldBack == null) {
                make(change);
            } else {
                skip(change, heldBack);
            }
        }
    }

    private boolean isApproved(PlannedChange change) {
        return approval != null && approval.changeIds().contains(change.id());
    }

    private HeldBack blocked(PlannedChange change) {
        HeldBack outOfReach = change.kind().outOfReach(connection.route());
        if (outOfReach != null) {
            return outOfReach;
        }
        if (!change.isBlocked()) {
            return null;
        }
        // A key can be named in the approval too, when it was the plan page that asked.
        return isKey(change) && isNamed(change) ? null : change.heldBack();
    }

    /** Why a change that adds something is not made: it would make somebody an administrator whom nobody meant. */
    private HeldBack promotion(PlannedChange change) {
        // With the user's own name: the policy's change alone may be about a group that is called the same.
        boolean meant = approval.changeIds().contains(ChangeKind.CREATE_ADMIN_USER + ":" + settings.adminUserName());
        HeldBack stranger = maker.stranger(change, meant);
        failed |= stranger != null;
        return stranger;
    }

    private HeldBack obstacle(PlannedChange change) {
        if (failed) {
            return HeldBack.because(HeldBack.Reason.EARLIER_CHANGE_FAILED);
        }
        if (change.kind().isDestructive() && !administratorProven()) {
            return new HeldBack(HeldBack.Reason.ADMINISTRATOR_NOT_VERIFIED, proofText);
        }
        return maker.heldBack(change, isKey(change) && isNamed(change));
    }

    private static boolean isKey(PlannedChange change) {
        return change.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY;
    }

    /** Whether the key was named, in the step or in the approval of this very deletion. */
    private boolean isNamed(PlannedChange change) {
        if (change.target().equals(RootDeletionPlan.UNNAMED)) {
            return false;
        }
        return settings.names(change.target())
                || isApproved(change)
                        && settings.withNamedKeys(approval.namedKeys()).names(change.target());
    }

    private void make(PlannedChange change) {
        journal.record(record(change, Outcome.STARTED, approval.by(), null, "the call is being made"));
        ChangeResult result = call(change);
        failed = failed || !result.done();
        end(change, result.done() ? Outcome.DONE : Outcome.FAILED, result.requestId(), result.detail());
    }

    private ChangeResult call(PlannedChange change) {
        try {
            return maker.make(change);
        } catch (AwsAccessException e) {
            return ChangeResult.failed(e.getMessage());
        }
    }

    private void end(PlannedChange change, Outcome outcome, String requestId, String detail) {
        boolean done = outcome == Outcome.DONE || outcome == Outcome.FAILED;
        end(record(change, outcome, done ? approval.by() : null, requestId, detail));
    }

    private void skip(PlannedChange change, HeldBack because) {
        end(ChangeRecord.skipped(change, because));
    }

    private void end(ChangeRecord entry) {
        journal.record(entry);
        records.add(entry);
        log.line(entry.description() + ": " + words(entry.outcome()) + ", " + entry.detail());
    }

    private static ChangeRecord record(
            PlannedChange change, Outcome outcome, String approvedBy, String requestId, String detail) {
        return new ChangeRecord(
                change.id(),
                change.kind(),
                change.description(),
                outcome,
                approvedBy,
                Instant.now(),
                requestId,
                detail);
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case STARTED -> "started";
            case DONE -> "done";
            case FAILED -> "FAILED";
            case SKIPPED -> "held back";
            case WOULD_DO -> "would be done";
        };
    }

    /** Proven once; a failed proof is tried again before the next deletion. */
    private boolean administratorProven() {
        if (!proven) {
            AdministratorProof.Result proof = new AdministratorProof(connection, settings).prove();
            proven = proof.holds();
            proofText = proof.text();
            if (proven) {
                log.line(proofText);
            }
        }
        return proven;
    }
}
