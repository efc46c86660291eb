package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.ChangeResult;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries out the plan of one account. The administrator comes first and is verified by live calls; root is changed after that.
 * Each change is stored before and after its call, and a failed change is a record, not an exception.
 */
public final class Remediation {

    public static final HeldBack STOPPED = HeldBack.because(Reason.STOPPED);

    private final AccountConnection connection;
    private final RemediationSettings settings;
    private final Policy policy;
    private final Approval approval;
    private final Run run;
    private final ChangeMaker maker;
    private final List<ChangeRecord> records = new ArrayList<>();
    private boolean failed;
    private boolean administratorVerified;

    private Remediation(
            AccountConnection connection, RemediationSettings settings, Policy policy, Approval approval, Run run) {
        this.connection = connection;
        this.settings = settings;
        this.policy = policy;
        this.approval = approval;
        this.run = run;
        this.maker = new ChangeMaker(connection, settings, policy, run.central());
    }

    /**
     * What a run provides to all its accounts or to one.
     *
     * @param dryRun whether to report only what would be changed
     * @param journal stores a change, before its call ({@link Outcome#STARTED}) and after it. The record is on disk when the
     *     method returns, because the process can end right after that
     * @param central whether the organization manages root users centrally, read during this run
     * @param stopped whether to begin no further change
     */
    public record Run(
            boolean dryRun,
            Consumer<ChangeRecord> journal,
            Consumer<String> log,
            Supplier<Fact<CentralRootManagement>> central,
            BooleanSupplier stopped) {}

    /**
     * @param approval null when the plan is not approved: no change is made then
     * @return one record for each change, in the order in which they were carried out
     * @throws InvalidInputException when plan and connection are of different accounts
     */
    public static List<ChangeRecord> apply(
            AccountConnection connection,
            RemediationPlan plan,
            RemediationSettings settings,
            Policy policy,
            Approval approval,
            Run run) {
        if (!plan.accountId().equals(connection.accountId())) {
            throw new InvalidInputException(
                    "the plan is for account " + plan.accountId() + ", but the connection is to account "
                            + connection.accountId() + ": give accountId '" + plan.accountId() + "'");
        }
        if (plan.changes().isEmpty()) {
            run.log().accept("Nothing to change");
        }
        Remediation remediation = new Remediation(connection, settings, policy, approval, run);
        // The sort is stable: the order of the plan remains within a kind. The key that signs the calls is last; it can
        // differ from the one that signed them when the plan was made.
        plan.changes().stream()
                .sorted(Comparator.comparing(PlannedChange::kind)
                        .thenComparing(change -> connection.signs(change.target())))
                .forEach(remediation::carryOut);
        return List.copyOf(remediation.records);
    }

    private void carryOut(PlannedChange change) {
        HeldBack heldBack = heldBack(change);
        if (heldBack != null) {
            String approvedBy = isApproved(change) && !change.isBlocked() && heldBack.reason() != Reason.POLICY_CHANGED
                    ? approval.by()
                    : null;
            end(ChangeRecord.skipped(change, approvedBy, heldBack), "held back");
        } else if (run.dryRun()) {
            end(change.record(Outcome.WOULD_DO, null, null, "dry run: no change was made"), "would be done");
        } else {
            run.journal().accept(change.record(Outcome.STARTED, approval.by(), null, "the call is being made"));
            ChangeResult result = maker.make(change);
            failed |= !result.done();
            Outcome outcome = result.done() ? Outcome.DONE : Outcome.FAILED;
            end(
                    change.record(outcome, approval.by(), result.requestId(), result.detail()),
                    result.done() ? "done" : "FAILED");
        }
    }

    private void end(ChangeRecord entry, String outcome) {
        run.journal().accept(entry);
        records.add(entry);
        run.log().accept(entry.description() + ": " + outcome + ", " + entry.detail());
    }

    /** Why a change is held back; null when it is to be made, or to be reported in a dry run. */
    private HeldBack heldBack(PlannedChange change) {
        HeldBack planned = change.kind().outOfReach(connection.accessMethod());
        // The approval can allow the deletion of a recently used key, too.
        if (planned == null && !(change.isAllowable() && isAllowed(change))) {
            planned = change.heldBack();
        }
        if (planned != null || run.dryRun()) {
            return planned;
        }
        if (run.stopped().getAsBoolean()) {
            return STOPPED;
        }
        if (!isApproved(change)) {
            return HeldBack.because(Reason.NOT_APPROVED);
        }
        if (change.kind().isAdditive()) {
            boolean userApproved =
                    approval.changeIds().contains(ChangeKind.CREATE_ADMIN_USER + ":" + settings.adminUserName());
            HeldBack promotion = maker.unapprovedPromotion(change, userApproved);
            failed |= promotion != null;
            return promotion == null ? maker.obstacle(change, false) : promotion;
        }
        if (failed) {
            return HeldBack.because(Reason.EARLIER_CHANGE_FAILED);
        }
        // Verified once in a run; a failed verification is repeated before the next deletion.
        if (change.kind().isDestructive() && !administratorVerified) {
            HeldBack notVerified = new AdministratorCheck(connection, settings, policy, run.log()).run();
            if (notVerified != null) {
                return notVerified;
            }
            administratorVerified = true;
        }
        return maker.obstacle(change, isAllowed(change));
    }

    private boolean isApproved(PlannedChange change) {
        return approval != null && approval.changeIds().contains(change.id());
    }

    /** Whether the key is allow-listed, in the settings or in the approval of this deletion. */
    private boolean isAllowed(PlannedChange change) {
        return change.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                && (settings.allows(change.target())
                        || isApproved(change)
                                && settings.withDeleteKeys(approval.namedKeys()).allows(change.target()));
    }
}
