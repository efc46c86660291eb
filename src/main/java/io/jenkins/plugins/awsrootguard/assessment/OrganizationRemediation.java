package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.Surroundings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Phase 3 for many accounts of an organization, many at a time: each account's plan is carried out as {@link Remediation} does
 * it, by one thread, whatever becomes of the others. For one run, by one thread.
 */
public final class OrganizationRemediation {

    private final AccountConnection caller;
    private final OrganizationSettings settings;
    private final OrganizationApproval approval;
    private final boolean dryRun;

    private OrganizationRemediation(
            AccountConnection caller, OrganizationSettings settings, OrganizationApproval approval, boolean dryRun) {
        settings.remediation().checkForManyAccounts();
        this.caller = caller;
        this.settings = settings;
        this.approval = approval;
        this.dryRun = dryRun;
    }

    /** Says what would be done. Calls nothing. */
    public static OrganizationRemediation dryRun(AccountConnection caller, OrganizationSettings settings) {
        return new OrganizationRemediation(caller, settings, null, true);
    }

    /**
     * @param caller in the management account, or in a delegated administrator; stays open
     * @param approval null when nobody approved: then nothing is done that needs it
     */
    public static OrganizationRemediation apply(
            AccountConnection caller, OrganizationSettings settings, OrganizationApproval approval) {
        return new OrganizationRemediation(caller, settings, approval, false);
    }

    /**
     * Carries out the plans. An account whose plan has no change is not called.
     *
     * <p>When the thread is interrupted, each account ends the change that it is at and begins no other, what was done is
     * recorded, the rest is told as not done, and the result says so. The interrupted status is cleared then, so that files
     * can still be written: the caller acts on the result.
     *
     * <p>An account's calls come with its outcome.
     *
     * @param plans one an account; read while others are carried out
     * @param journal what it throws ends the run
     * @param sink takes each account's outcome as it is done; called as {@link AccountSink} is
     * @throws InvalidInputException when two plans are of one account
     */
    public OrganizationChanges run(
            Iterable<RemediationPlan> plans,
            AccountJournal journal,
            Consumer<RemediationOutcome> sink,
            ProgressLog log) {
        Instant start = Instant.now();
        long before = CallCount.ofThisThread();
        StopGate gate = StopGate.finishing();
        MemberChanging changing = new MemberChanging(
                caller,
                settings,
                approval,
                dryRun,
                journal,
                new Surroundings(Surroundings.central(caller), gate::isStopped));
        FanOut<RemediationPlan, RemediationOutcome> fanOut = new FanOut<>(
                settings.parallelism(), changing, sink, log, new Progress(Progress.Doing.CHANGING, start), gate);
        fanOut.run(found -> eachOnce(plans, found));
        return new OrganizationChanges(
                start,
                Instant.now(),
                fanOut.accounts(),
                fanOut.missing(),
                fanOut.calls() + CallCount.ofThisThread() - before,
                fanOut.stoppedBecause());
    }

    /** Two threads at one account's root would not see each other's changes. */
    private static void eachOnce(Iterable<RemediationPlan> plans, Consumer<RemediationPlan> found) {
        Set<String> seen = new HashSet<>();
        for (RemediationPlan plan : plans) {
            if (!seen.add(plan.accountId())) {
                throw new InvalidInputException("there are two plans for account " + plan.accountId());
            }
            found.accept(plan);
        }
    }
}
