package io.jenkins.plugins.awsrootguard.store;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Assessment;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentResult;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.GapsResult;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.Validation;
import io.jenkins.plugins.awsrootguard.assessment.ValidationResult;
import io.jenkins.plugins.awsrootguard.assessment.ValidationRun;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * The four phases in a build: each one opens its connection, stores what it found with the build, says it in the log and
 * archives the reports. A Pipeline's steps and a freestyle project's build step both go this way. For one thread.
 *
 * <p>All methods throw {@link
 * io.jenkins.plugins.awsrootguard.facts.InvalidInputException} and {@link io.jenkins.plugins.awsrootguard.aws.AwsAccessException} with one line for a person.
 */
public final class JenkinsPhases {

    private final BuildContext build;

    /**
     * @param env the environment of the step, which a surrounding block may have added to
     * @param stopped whether the step was told to end, which the interruption of its thread tells too, unless a call took it
     */
    public JenkinsPhases(Run<?, ?> run, EnvVars env, TaskListener listener, BooleanSupplier stopped) {
        this.build = new BuildContext(run, env, listener, stopped);
    }

    /** The phases for all accounts of an organization. */
    public OrganizationPhases organization() {
        return new OrganizationPhases(build);
    }

    /**
     * Phase 1.
     *
     * @param maxAgeHours the oldest credential report that the later phases count with; 0 for the default
     */
    public AccountState report(ConnectionSpec spec, AssessmentSettings settings, int maxAgeHours)
            throws IOException, InterruptedException {
        build.thresholds(maxAgeHours);
        AccountState state;
        try (RecordedCalls calls = build.recordCalls(spec.accountId());
                AccountConnection connection = build.connect(spec)) {
            String account = connection.accountId();
            calls.about(account);
            AssessmentResult result = Assessment.run(connection, settings, build.lastStatement(account), build.log());
            build.options().maxAge(build.run(), account, maxAgeHours);
            state = build.store(result);
        }
        if (state.findings() != null) {
            state = judgeAgain(state);
        }
        BuildArtifacts.archive(build.run(), build.action(), state);
        return state;
    }

    /** What was judged before would stand beside the time of the newer facts, as if it told of these. */
    private AccountState judgeAgain(AccountState state) {
        String account = state.accountId();
        GapsResult again = Gaps.judge(
                build.current(state.facts()),
                build.thresholds(build.options().maxAge(account)),
                build.options().plan(account).settings());
        return build.action().update(account, s -> s.withGaps(again.findings(), again.plan()));
    }

    /** What the controls say of an account as it was read last. Stores nothing. */
    public Findings judge(AccountState state) {
        return Controls.judge(
                build.current(state.facts()), build.thresholds(build.options().maxAge(state.accountId())));
    }

    /** Phase 2. Calls nothing of AWS: it judges what phase 1 read. */
    public Judged gaps(ConnectionSpec spec, PlanOptions said, QualityGate gate)
            throws IOException, InterruptedException {
        AccountState before = BuildAccount.assessed(build.run(), "rootGaps", spec);
        String account = before.accountId();
        RemediationSettings settings =
                build.options().plan(build.run(), account, said).settings();
        AccountFacts facts = build.current(before.facts());
        GapsResult result = Gaps.judge(facts, build.thresholds(build.options().maxAge(account)), settings);
        AccountState state =
                build.action().update(account, s -> s.withFacts(facts).withGaps(result.findings(), result.plan()));
        Narration.gaps(result, build.log());
        BuildArtifacts.archive(build.run(), build.action(), state);
        return new Judged(state, said(gate.judge(result.findings())));
    }

    /**
     * Phase 3.
     *
     * @param approved whether the caller approves the whole plan; else an approval that was given in this build counts
     */
    public Secured secure(ConnectionSpec spec, PlanOptions said, boolean dryRun, boolean approved)
            throws IOException, InterruptedException {
        return new SecurePhase(build).run(spec, said, dryRun, approved);
    }

    /** Phase 4. Reads everything afresh; needs none of the other phases. */
    public Judged validate(ConnectionSpec spec, AssessmentSettings settings, int maxAgeHours, QualityGate gate)
            throws IOException, InterruptedException {
        ConnectionSpec same = spec.accountId() == null
                ? spec.forAccount(build.action().lastAccountId().orElse(null))
                : spec;
        AccountState state;
        ValidationRun fresh;
        try (RecordedCalls calls = build.recordCalls(same.accountId());
                AccountConnection connection = build.connect(same)) {
            String account = connection.accountId();
            calls.about(account);
            Thresholds thresholds =
                    build.thresholds(maxAgeHours == 0 ? build.options().maxAge(account) : maxAgeHours);
            fresh = Validation.run(connection, settings, thresholds, build.lastStatement(account), build.log());
            build.keepReport(account, fresh.assessment());
            AccountFacts facts = fresh.assessment().facts();
            ValidationResult proof = fresh.result();
            state = build.action()
                    .update(account, s -> (s == null ? AccountState.assessed(facts) : s).withValidation(facts, proof));
        }
        Narration.validation(fresh.result(), build.log());
        BuildArtifacts.archive(build.run(), build.action(), state);
        return new Judged(state, said(gate.judge(fresh.result().findings())));
    }

    private QualityGate.Outcome said(QualityGate.Outcome outcome) {
        if (outcome.result() != QualityGate.Result.PASSED) {
            build.log().line("Quality gate: " + outcome.result() + ", " + outcome.reason());
        }
        return outcome;
    }
}
