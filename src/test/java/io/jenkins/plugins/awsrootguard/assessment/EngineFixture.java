package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.CentralRootAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.controls.Controls;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The engine against an embedded AWS over real HTTP. */
public abstract class EngineFixture {

    public static final String ID = "123456789012";
    public static final AssessmentSettings QUICK =
            new AssessmentSettings(Duration.ofSeconds(20), Duration.ofMillis(1), true);
    private static final String ENDPOINT = "aws.endpointUrl";

    public final List<String> log = new ArrayList<>();
    public final List<ChangeRecord> journal = new ArrayList<>();
    public EmbeddedAws aws;

    /** Of the whole test. */
    public Policy policy = Policy.DEFAULT;

    @BeforeEach
    public void startAws() {
        aws = EmbeddedAws.start();
        System.setProperty(ENDPOINT, aws.endpoint().toString());
    }

    @AfterEach
    public void stopAws() {
        System.clearProperty(ENDPOINT);
        aws.close();
    }

    public static AwsAccess access(AccessKeyPair key) {
        return access(key, new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), 3));
    }

    public static AwsAccess access(AccessKeyPair key, Timeouts timeouts) {
        return AwsAccess.open(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                new AwsAccess.Settings("us-east-1", timeouts));
    }

    public static AccountConnection connect(AccessKeyPair key) {
        return AccountConnection.open(access(key), null, null);
    }

    /** For many accounts at the same time. */
    public static AccountConnection connectMany(AccessKeyPair key) {
        return AccountConnection.open(access(key, Timeouts.MANY), null, null);
    }

    public static AccountConnection connect(AccessKeyPair key, String accountId) {
        return AccountConnection.open(access(key), accountId, null);
    }

    /** What phase 1 read of one account. */
    public record Result(AccountFacts facts, byte[] credentialReport) {}

    public Result assess(AccountConnection c) {
        return assess(c, RunSettings.DEFAULT.withAccount(QUICK).withPolicy(policy), null, log::add);
    }

    public static Result assess(
            AccountConnection c, RunSettings settings, PasswordConfirmation last, Consumer<String> log) {
        Assessment assessment = new Assessment(c, settings, last, null, null, log);
        return new Result(assessment.finish(), assessment.credentialReport());
    }

    public static Result assess(AccountConnection c, AssessmentSettings settings) {
        return assess(c, RunSettings.DEFAULT.withAccount(settings), null, line -> {});
    }

    public Gaps gaps(AccountConnection c, RemediationSettings settings) {
        return judge(assess(c).facts(), policy, settings);
    }

    /** Phase 2 of one account. */
    public static Gaps judge(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return judge(Scope.account(null), facts, policy, settings);
    }

    /** Phase 2 of an account of an organization. */
    public static Gaps judgeMember(AccountFacts facts, Policy policy, RemediationSettings settings) {
        return judge(Scope.organization(AccountFilter.ALL), facts, policy, settings);
    }

    private static Gaps judge(Scope scope, AccountFacts facts, Policy policy, RemediationSettings settings) {
        RunSettings run = RunSettings.DEFAULT.withPolicy(policy).withRemediation(settings);
        Findings findings = scope.isOrganization()
                ? Controls.judgeMember(facts, policy, Set.of())
                : Controls.judge(facts, policy, Set.of());
        return new Gaps(findings, run.plan(scope, facts, findings));
    }

    /** Phase 4 of one account. */
    public static ValidationResult validate(AccountFacts facts, Policy policy) {
        return ValidationResult.of(facts, Controls.judge(facts, policy, Set.of()));
    }

    /** The plan of changes of central root management only. */
    public RemediationPlan planCentralRoot(AccountConnection c, RequestedChanges.CentralRoot requested) {
        RemediationSettings settings = requesting(new RequestedChanges(requested, Set.of(), Set.of()));
        RemediationPlan plan = gaps(c, settings).plan();
        List<PlannedChange> central = plan.changes().stream()
                .filter(p -> p.control().equals("central-root-management"))
                .toList();
        return new RemediationPlan(plan.accountId(), plan.plannedAt(), central, List.of(), List.of());
    }

    public RemediationPlan planRecovery(AccountConnection c) {
        return gaps(c, requesting(new RequestedChanges(null, Set.of(c.accountId()), Set.of())))
                .plan();
    }

    public List<ChangeRecord> secure(
            AccountConnection c, RemediationPlan plan, RemediationSettings settings, Approval approval) {
        return Remediation.apply(c, plan, settings, policy, approval, run(c, false, journal::add, log::add));
    }

    /** A run of one account that is not stopped. */
    public static Remediation.Run run(
            AccountConnection c, boolean dryRun, Consumer<ChangeRecord> journal, Consumer<String> log) {
        return new Remediation.Run(dryRun, journal, log, CentralRootAccess.readOnce(c), () -> false);
    }

    /** Approves all that the plan shows. */
    public static Approval approve(RemediationPlan plan) {
        Set<String> ids = plan.changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        return new Approval("alice", plan.plannedAt(), ids, Set.of());
    }

    /** The settings that allow-list these keys. */
    public static RemediationSettings naming(String... keys) {
        return RemediationSettings.DEFAULT.withDeleteKeys(Set.of(keys));
    }

    public static RemediationSettings requesting(RequestedChanges changes) {
        RemediationSettings d = RemediationSettings.DEFAULT;
        return new RemediationSettings(d.adminUserName(), d.adminGroupName(), d.tags(), Set.of(), false, changes, null);
    }

    /** The settings that remove the root password of members, and allow-list these keys. */
    public static RemediationSettings removingPassword(String... keys) {
        RemediationSettings d = RemediationSettings.DEFAULT;
        return new RemediationSettings(
                d.adminUserName(), d.adminGroupName(), d.tags(), Set.of(keys), true, RequestedChanges.NONE, null);
    }
}
