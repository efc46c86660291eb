package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
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
import io.jenkins.plugins.awsrootguard.report.Narration;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The four phases in a build, for one account or the accounts of an organization: gives the engine the build's store, log,
 * connections and approvals, and archives the reports. For one thread.
 *
 * <p>The phases throw {@link InvalidInputException} and {@link AwsAccessException} with one line, {@link AbortException} when the
 * run ended before all accounts, and {@link InterruptedException} when the build was stopped. Results until then are archived.
 */
public final class BuildRun {

    final Run<?, ?> run;
    final EnvVars env;
    final TaskListener listener;
    final BuildStore store;
    final EarlierSteps steps;
    private final BooleanSupplier stopped;
    private final String policy;
    final BuildFiles files;

    /**
     * @param env the environment of the step, with the variables of a surrounding block
     * @param branches the ids of the branches of {@code parallel} around the step, innermost first; empty outside of any
     * @param policy of the step, in YAML; null or blank for that of an earlier step, else the global one
     * @param files the additional report files
     * @param stopped whether the step is to end, also where an interruption of its thread was lost
     */
    public BuildRun(
            Run<?, ?> run,
            EnvVars env,
            TaskListener listener,
            List<String> branches,
            String policy,
            BuildFiles files,
            BooleanSupplier stopped) {
        this.policy = Util.fixEmptyAndTrim(policy);
        this.files = files;
        this.run = run;
        this.env = env;
        this.listener = listener;
        this.stopped = stopped;
        this.store = BuildStore.of(run);
        this.steps = store.branch(branches);
    }

    /** The phases of a step. */
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
        steps.subject(spec, organization);
        String known = organization ? BuildStore.ORGANIZATION : spec.accountId();
        PlanOptions plan = steps.plan(known);
        Scope scope = organization ? Scope.organization(options.filter()) : Scope.account(spec.accountId());
        BuildLog log = new BuildLog(listener, scope, options.verbose());
        BuildConnections connections = new BuildConnections(this, spec);
        RunContext context = context(connections, log);
        String used = steps.policy(known, policy);
        RunHeader header = new AssessmentPhase(context).run(scope, EarlierSteps.settings(plan, options, used));
        String subject = connections.subject();
        steps.keep(subject, options);
        steps.keepPolicy(subject, policy);
        PlanOptions own = steps.plan(subject);
        String ownPolicy = steps.policy(subject, policy);
        if (!own.equals(plan) || !Objects.equals(ownPolicy, used)) {
            // The account of the credentials was not known before, nor its options in earlier steps.
            new GapsPhase(context).run(Scope.account(subject), EarlierSteps.settings(own, options, ownPolicy));
        }
        return ended(subject, header, null, log);
    }

    /** Phase 2. Judges what phase 1 read, and plans. */
    public PhaseResult gaps(ConnectionSpec spec, boolean organization, PlanOptions given, QualityGate gate)
            throws IOException, InterruptedException {
        String subject = steps.assessed("rootGaps", spec, organization);
        Scope scope = steps.scope(subject);
        BuildLog log = new BuildLog(listener, scope, false);
        new GapsPhase(context(new BuildConnections(this, spec), log))
                .run(scope, steps.settings(subject, given, policy));
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
        String subject = steps.assessed("rootSecure", spec, organization);
        Scope scope = steps.scope(subject);
        RunSettings settings = steps.settings(subject, given, policy);
        ApprovalSource approvals =
                approved ? ApprovalSource.given(Person.job(run.getParent().getFullName())) : ApprovalSource.stored();
        BuildLog log = new BuildLog(listener, scope, false);
        SecureResult result =
                new SecurePhase(context(new BuildConnections(this, spec), log)).run(scope, settings, approvals, dryRun);
        if (!scope.isOrganization()) {
            store.accounts().state(subject).ifPresent(s -> Narration.unknownKeys(s, store.frontEnd(), log::line));
        }
        Narration.secured(result, scope.isOrganization(), store.frontEnd(), log::line);
        finish(subject, result.stopped(), "Not every plan was carried out");
        return new PhaseResult.Secured(subject, store.report(subject, true), result, log.changes());
    }

    /** Phase 4. Reads everything again; needs none of the other phases. */
    public PhaseResult validate(ConnectionSpec spec, boolean organization, ReadingOptions given, QualityGate gate)
            throws IOException, InterruptedException {
        String known = steps.subject(spec, organization);
        boolean all = BuildStore.ORGANIZATION.equals(known);
        ReadingOptions options = given.require(all).over(steps.reading(known));
        Scope scope = all ? Scope.organization(options.filter()) : Scope.account(known);
        BuildLog log = new BuildLog(listener, scope, options.verbose());
        BuildConnections connections = new BuildConnections(this, spec);
        RunHeader header = new ValidationPhase(context(connections, log))
                .run(scope, EarlierSteps.settings(steps.plan(known), options, steps.policy(known, policy)));
        steps.keepPolicy(connections.subject(), policy);
        return ended(connections.subject(), header, gate, log);
    }

    private RunContext context(BuildConnections connections, BuildLog log) {
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
        return PhaseResult.of(store, subject, gate, log);
    }

    private void finish(String subject, StopCause cause, String what) throws IOException, InterruptedException {
        store.history().keepVerdict(subject);
        files.archive(store, subject, new BuildLog(listener));
        if (cause != null && cause.kind() == StopCause.Kind.INTERRUPTED) {
            new BuildLog(listener).line("Stopped. The build page shows what was completed.");
            throw new InterruptedException("The step was stopped");
        }
        if (cause != null) {
            throw new AbortException(what + ": " + Sentences.of(cause) + " The build page shows what was completed.");
        }
    }
}
