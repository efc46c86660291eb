package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ApprovalSource;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentPhase;
import io.jenkins.plugins.awsrootguard.assessment.GapsPhase;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunContext;
import io.jenkins.plugins.awsrootguard.assessment.RunHeader;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.SecurePhase;
import io.jenkins.plugins.awsrootguard.assessment.SecureResult;
import io.jenkins.plugins.awsrootguard.assessment.StopCause;
import io.jenkins.plugins.awsrootguard.assessment.ValidationPhase;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.Causes;
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The four phases in a build, for one account or the accounts of an organization: gives the engine the build's store, log,
 * connections and approvals, and archives the reports. For one thread.
 *
 * <p>The phases throw {@link InvalidInputException} and {@link AwsAccessException} with one
 * line, {@link AbortException} when the run ended before all accounts, and {@link InterruptedException} when the build was stopped.
 * Results until then are stored and archived.
 */
public final class BuildRun {

    private final Run<?, ?> run;
    private final BooleanSupplier stopped;
    private final BuildStore store;
    private final BranchMemory memory;
    private final TaskListener listener;
    private final BuildConnections connections;

    /**
     * @param env the environment of the step, with the variables of a surrounding block
     * @param branches the ids of the branches of {@code parallel} around the step, innermost first; empty outside of any
     * @param stopped whether the step is to end, also where an interruption of its thread was lost
     */
    public BuildRun(Run<?, ?> run, EnvVars env, TaskListener listener, List<String> branches, BooleanSupplier stopped) {
        this.run = run;
        this.stopped = stopped;
        this.listener = listener;
        this.store = BuildStore.of(run);
        this.memory = store.branch(branches);
        this.connections = new BuildConnections(run, env, listener, store, memory);
    }

    /** What may fail. */
    @FunctionalInterface
    public interface Body<T> {

        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs the phases of a step. Ends it with one line for errors that a user can correct; other errors keep their stack trace.
     *
     * @throws InterruptedException when the build was stopped in the middle of a call to AWS, which is no failure of AWS
     */
    public static <T> T orAbort(Body<T> body) throws IOException, InterruptedException {
        try {
            return body.run();
        } catch (InvalidInputException | AwsAccessException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Phase 1. Judges and plans each account at once.
     *
     * @param organization whether to read the accounts of the organization of the credentials
     */
    public PhaseResult report(ConnectionSpec spec, boolean organization, ReadingOptions options)
            throws IOException, InterruptedException {
        options.require(organization);
        // Not the account of an earlier step: without an account id it is that of the credentials.
        memory.subject(spec, organization);
        String known = organization ? BuildStore.ORGANIZATION : spec.accountId();
        PlanOptions plan = memory.get(known).plan();
        RunSettings settings = BranchMemory.settings(plan, options);
        Scope scope = organization ? Scope.organization(options.filter()) : Scope.account(spec.accountId());
        BuildLog log = log(scope, options);
        RunHeader header = connections.phase(spec, scope, c -> new AssessmentPhase(context(log)).run(scope, settings));
        String subject = connections.subject();
        memory.remember(subject, s -> s.withReading(options));
        PlanOptions own = memory.get(subject).plan();
        if (!own.equals(plan)) {
            // The account of the credentials was not known before, nor what earlier steps were given for it.
            new GapsPhase(context(log)).run(Scope.account(subject), BranchMemory.settings(own, options));
        }
        return ended(subject, header, null, log);
    }

    /** Phase 2. Judges what phase 1 read, and makes no AWS call. */
    public PhaseResult gaps(ConnectionSpec spec, boolean organization, PlanOptions given, QualityGate gate)
            throws IOException, InterruptedException {
        String subject = memory.assessed("rootGaps", spec, organization);
        BuildLog log = log(memory.scope(subject), ReadingOptions.NONE);
        new GapsPhase(context(log)).run(memory.scope(subject), memory.settings(subject, given));
        return ended(subject, null, gate, log);
    }

    /**
     * Phase 3.
     *
     * @param approved whether the caller approves every plan; otherwise the approvals that were given in this build count
     */
    public PhaseResult.Secured secure(
            ConnectionSpec spec, boolean organization, PlanOptions given, boolean dryRun, boolean approved)
            throws IOException, InterruptedException {
        String subject = memory.assessed("rootSecure", spec, organization);
        Scope scope = memory.scope(subject);
        RunSettings settings = memory.settings(subject, given);
        ApprovalSource approvals =
                approved ? ApprovalSource.given(Person.job(run.getParent().getFullName())) : ApprovalSource.stored();
        BuildLog log = log(scope, ReadingOptions.NONE);
        SecureResult result = connections.phase(
                spec, scope, c -> new SecurePhase(context(log)).run(scope, settings, approvals, dryRun));
        Narration.secured(result, scope.isOrganization(), store.frontEnd(), log);
        finish(subject, result.stopped(), "Not every plan was carried out");
        return new PhaseResult.Secured(subject, store.lastRun(subject), result, log.changes());
    }

    /** Phase 4. Reads everything again; needs none of the other phases. */
    public PhaseResult validate(ConnectionSpec spec, boolean organization, ReadingOptions given, QualityGate gate)
            throws IOException, InterruptedException {
        String known = memory.subject(spec, organization);
        boolean all = BuildStore.ORGANIZATION.equals(known);
        StepMemory.Subject before = memory.get(known);
        ReadingOptions options = given.require(all).over(before.reading());
        RunSettings settings = BranchMemory.settings(before.plan(), options);
        Scope scope = all ? Scope.organization(options.filter()) : Scope.account(known);
        BuildLog log = log(scope, options);
        RunHeader header = connections.phase(spec, scope, c -> new ValidationPhase(context(log)).run(scope, settings));
        return ended(connections.subject(), header, gate, log);
    }

    private BuildLog log(Scope scope, ReadingOptions options) {
        return new BuildLog(listener, scope.isOrganization(), options.verbose());
    }

    private RunContext context(BuildLog log) {
        return new RunContext(
                store.accounts(),
                connections,
                Person.of(run),
                log,
                stopped,
                account -> PasswordDeadlines.get().last(account).orElse(null));
    }

    /**
     * @param header null for a phase that read nothing
     * @param gate null for a phase without one
     */
    private PhaseResult ended(String subject, RunHeader header, QualityGate gate, BuildLog log)
            throws IOException, InterruptedException {
        finish(subject, header == null ? null : header.stopped(), "Not every account was read");
        RunReport run = store.lastRun(subject);
        AccountState state =
                run.isOrganization() ? null : store.accounts().state(subject).orElseThrow();
        Narration.judged(run, state, gate != null, store.frontEnd(), log);
        QualityGate.Outcome outcome = gate == null
                ? null
                : gate.judge(
                        run.header() == null ? null : run.header().central(),
                        run.accounts().stream().map(AccountRow::entry).toList());
        if (outcome != null && outcome.result() != QualityGate.Result.PASSED) {
            log.line("Quality gate: " + outcome.result() + ", " + outcome.reason());
        }
        return new PhaseResult(subject, run, state, outcome);
    }

    private void finish(String subject, StopCause cause, String what) throws IOException, InterruptedException {
        store.noteStanding(subject);
        BuildArtifacts.archive(store, subject);
        if (cause == null) {
            return;
        }
        if (cause.kind() == StopCause.Kind.INTERRUPTED) {
            new BuildLog(listener).line("Stopped. The build page shows what was completed.");
            throw new InterruptedException("The step was stopped");
        }
        throw new AbortException(what + ": " + Causes.of(cause) + " The build page shows what was completed.");
    }
}
