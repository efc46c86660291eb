package io.jenkins.plugins.awsrootguard.injenkins.ui;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.Remediation;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An unsecured account in an embedded AWS, read and judged by the real engine: what the pages are to show. */
final class Journey implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    private static final AssessmentSettings QUICK =
            new AssessmentSettings(Duration.ofSeconds(20), Duration.ofMillis(1), true);
    private static final String ENDPOINT = "aws.endpointUrl";

    final EmbeddedAws aws = EmbeddedAws.start();
    final EmulatedAccount account = Presets.unsecured(aws, ACCOUNT);
    /** Of alice, who is made an administrator here: she can read and prepare, and isn't root. */
    final AccessKeyPair key;

    private EngineFixture.Result reading;

    Journey() {
        System.setProperty(ENDPOINT, aws.endpoint().toString());
        account.alias("prod");
        account.attachAdministratorAccess("alice");
        key = account.userKey("alice");
    }

    AccountState assessed() {
        try (AccountConnection connection = connect(key)) {
            reading = EngineFixture.assess(connection, QUICK);
        }
        return AccountState.assessed(reading.facts());
    }

    AccountState judged() {
        AccountState assessed = assessed();
        Gaps gaps = EngineFixture.judge(assessed.facts(), Policy.DEFAULT, RemediationSettings.DEFAULT);
        return assessed.withGaps(gaps.findings(), gaps.plan());
    }

    /** Approved by alice and carried out with root's own key; then MFA and password are confirmed, and validated. */
    AccountState validated() {
        AccountState judged = judged();
        Set<String> ids =
                judged.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        Set<String> used = Set.of(account.rootKey().accessKeyId());
        Approval approval = new Approval("alice", judged.plannedAt(), ids, used);
        RemediationSettings settings = RemediationSettings.DEFAULT.withDeleteKeys(used);
        AccountState state = judged.withApproval(approval);
        try (AccountConnection root = connect(account.rootKey())) {
            EngineFixture.Result asRoot = EngineFixture.assess(root, QUICK);
            RemediationPlan plan = EngineFixture.judge(asRoot.facts(), Policy.DEFAULT, settings)
                    .plan();
            Set<String> all = plan.changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
            approval = new Approval("alice", plan.plannedAt(), all, used);
            List<ChangeRecord> made = Remediation.apply(
                    root,
                    plan,
                    settings,
                    Policy.DEFAULT,
                    approval,
                    EngineFixture.run(root, false, entry -> {}, line -> {}));
            for (ChangeRecord change : made) {
                state = state.withChange(change);
            }
        }
        state = state.withSecured(Instant.now());
        account.root().enablePasskey();
        account.root().changePassword();
        account.user("alice").enableVirtualMfa("alice-phone");
        try (AccountConnection connection = connect(key)) {
            reading = EngineFixture.assess(connection, QUICK);
            return state.withValidation(reading.facts(), EngineFixture.validate(reading.facts(), Policy.DEFAULT));
        }
    }

    byte[] credentialReport() {
        return reading.credentialReport();
    }

    private static AccountConnection connect(AccessKeyPair key) {
        return AccountConnection.open(
                AwsAccess.open(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                        new AwsAccess.Settings("us-east-1", Timeouts.DEFAULT)),
                null,
                null);
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        aws.close();
    }
}
