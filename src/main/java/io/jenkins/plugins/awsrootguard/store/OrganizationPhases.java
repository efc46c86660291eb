package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.GapsResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The phases in a build for all accounts of an organization, as {@link JenkinsPhases} has them for one. For one thread.
 *
 * <p>All methods throw {@link InvalidInputException} and {@link io.jenkins.plugins.awsrootguard.aws.AwsAccessException} with one
 * line for a person.
 */
public final class OrganizationPhases {

    /** What {@link BuildOptions} keeps the organization's settings under, where it has an account's under its id. */
    static final String KEY = "organization";

    private final BuildContext build;

    OrganizationPhases(BuildContext build) {
        this.build = build;
    }

    /**
     * Whether a step means the organization: it says so, or it names no account and the build works on an organization.
     *
     * @throws InvalidInputException when it says both
     */
    public boolean isMeant(ConnectionSpec spec, boolean said) {
        return isMeant(build.action(), spec, said);
    }

    /** The same, without the phases. */
    public static boolean isMeant(BuildStore action, ConnectionSpec spec, boolean said) {
        if (said && spec.accountId() != null) {
            throw new InvalidInputException("accountId and organization: true don't go together: use accounts");
        }
        return said || spec.accountId() == null && action.isAboutOrganization();
    }

    /**
     * Phase 1, and the judgement of phase 2 with it.
     *
     * @param maxAgeHours the oldest credential report that the later phases count with; 0 for the default
     */
    public OrganizationJudged report(
            ConnectionSpec spec, OrganizationOptions options, AssessmentSettings settings, int maxAgeHours)
            throws IOException, InterruptedException {
        OrganizationSettings reading = settings(options, settings, build.thresholds(maxAgeHours));
        build.options().maxAge(build.run(), KEY, maxAgeHours);
        new OrganizationReading(build, options, reading).run(spec);
        return judged(null);
    }

    /** Phase 2. Calls nothing of AWS: it judges what phase 1 read. */
    public OrganizationJudged gaps(PlanOptions said, QualityGate gate) throws IOException, InterruptedException {
        checkRead("rootGaps");
        judge(said);
        archive(build);
        return judged(gate);
    }

    /** Judges and plans anew by what a step says, without calling AWS; gives how the accounts are to be worked on. */
    private OrganizationSettings judge(PlanOptions said) {
        build.options().plan(build.run(), KEY, said);
        OrganizationSettings settings = settings(
                build.options().organization(),
                AssessmentSettings.DEFAULT,
                build.thresholds(build.options().maxAge(KEY)));
        settings.remediation().checkForManyAccounts();
        for (IndexedAccount account : build.store().accounts()) {
            if (account.reading() == Reading.READ) {
                judge(account, settings.thresholds(), settings.remediation().forAccount(account.id()));
            }
        }
        return settings;
    }

    /**
     * Phase 3.
     *
     * @param approved whether the caller approves all plans; else the approvals that were given in this build count
     */
    public OrganizationSecured secure(ConnectionSpec spec, PlanOptions said, boolean dryRun, boolean approved)
            throws IOException, InterruptedException {
        checkRead("rootSecure");
        OrganizationSecured secured = new OrganizationSecuring(build, judge(said), dryRun).run(spec, approved);
        OrganizationNarration.say(secured, build.log());
        return secured;
    }

    /** Stores a judgement when it is another than before, so that a store of thousands of accounts doesn't grow for nothing. */
    private void judge(IndexedAccount account, Thresholds thresholds, RemediationSettings settings) {
        AccountState state = build.store().state(account);
        AccountFacts facts = build.current(state.facts());
        GapsResult gaps = Gaps.judgeMember(facts, thresholds, settings);
        if (!gaps.findings().equals(state.findings())
                || !gaps.plan().changes().equals(state.plan().changes())
                || !gaps.plan().pending().equals(state.plan().pending())) {
            build.store().revise(account.id(), s -> s.withFacts(facts).withGaps(gaps.findings(), gaps.plan()));
        }
    }

    /** Phase 4. Reads everything afresh; needs none of the other phases. */
    public OrganizationJudged validate(
            ConnectionSpec spec,
            OrganizationOptions said,
            AssessmentSettings settings,
            int maxAgeHours,
            QualityGate gate)
            throws IOException, InterruptedException {
        OrganizationOptions options = said.over(build.options().organization());
        Thresholds thresholds =
                build.thresholds(maxAgeHours == 0 ? build.options().maxAge(KEY) : maxAgeHours);
        new OrganizationReading(
                        build, options, settings(options, settings, thresholds).withProof())
                .run(spec);
        return judged(gate);
    }

    private OrganizationSettings settings(
            OrganizationOptions options, AssessmentSettings settings, Thresholds thresholds) {
        return options.settings()
                .withAccount(settings)
                .withThresholds(thresholds)
                .withRemediation(build.options().plan(KEY).settings());
    }

    /** @throws InvalidInputException when no step read the organization yet */
    void checkRead(String step) {
        if (build.action().organization().isEmpty()) {
            throw new InvalidInputException(
                    step + " needs rootReport organization: true first: this build has not read the organization yet");
        }
    }

    /** @param gate null for none */
    private OrganizationJudged judged(QualityGate gate) {
        OrganizationHeader header = build.store().header().orElseThrow();
        OrganizationSummary summary = summary(build);
        QualityGate.Outcome outcome = gate == null ? null : OrganizationGate.judge(gate, header.central(), summary);
        OrganizationNarration.say(header, summary, gate != null, build.log());
        if (outcome != null && outcome.result() != QualityGate.Result.PASSED) {
            build.log().line("Quality gate: " + outcome.result() + ", " + outcome.reason());
        }
        return new OrganizationJudged(summary, header.central(), outcome);
    }

    static OrganizationSummary summary(BuildContext build) {
        OrganizationHeader header = build.store().header().orElseThrow();
        return new OrganizationSummary(header, build.store().accounts(), true);
    }

    static void archive(BuildContext build) throws IOException, InterruptedException {
        OrganizationPaper paper = new OrganizationPaper(build.store(), summary(build));
        Path evidence = build.store().dir();
        BuildArtifacts.archive(build.run(), OrganizationStore.FOLDER, dir -> {
            paper.write(dir);
            BuildArtifacts.evidence(dir, evidence);
        });
    }
}
