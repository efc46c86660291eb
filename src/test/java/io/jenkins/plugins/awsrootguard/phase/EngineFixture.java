package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.control.Thresholds;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The engine against an embedded AWS over real HTTP. */
abstract class EngineFixture {

    static final String ID = "123456789012";
    static final AssessmentSettings QUICK = new AssessmentSettings(Duration.ofSeconds(20), Duration.ofMillis(1), true);
    private static final String ENDPOINT = "aws.endpointUrl";

    final List<String> log = new ArrayList<>();
    final List<ChangeRecord> journal = new ArrayList<>();
    EmbeddedAws aws;

    @BeforeEach
    void startAws() {
        aws = EmbeddedAws.start();
        System.setProperty(ENDPOINT, aws.endpoint().toString());
    }

    @AfterEach
    void stopAws() {
        System.clearProperty(ENDPOINT);
        aws.close();
    }

    static AwsAccess access(AccessKeyPair key) {
        return access(key, new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20)));
    }

    static AwsAccess access(AccessKeyPair key, Timeouts timeouts) {
        return AwsAccess.open(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                "us-east-1",
                null,
                timeouts);
    }

    static AccountConnection connect(AccessKeyPair key) {
        return AccountConnection.open(access(key), null);
    }

    /** For many accounts at once: waits for its turn when AWS throttles, however busy the machine is. */
    static AccountConnection connectMany(AccessKeyPair key) {
        return AccountConnection.open(access(key, Timeouts.MANY), null);
    }

    static AccountConnection connect(AccessKeyPair key, String accountId) {
        return AccountConnection.open(access(key), accountId);
    }

    AssessmentResult assess(AccountConnection c) {
        return Assessment.run(c, QUICK, null, log::add);
    }

    GapsResult gaps(AccountConnection c, RemediationSettings settings) {
        return Gaps.judge(assess(c).facts(), Thresholds.DEFAULT, settings);
    }

    List<ChangeRecord> secure(
            AccountConnection c, RemediationPlan plan, RemediationSettings settings, Approval approval) {
        return Remediation.apply(c, plan, settings, Thresholds.DEFAULT, approval, false, journal::add, log::add);
    }

    /** Approves all that the plan shows. */
    static Approval approve(RemediationPlan plan) {
        Set<String> ids = plan.changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        return new Approval("alice", plan.plannedAt(), ids, Set.of());
    }

    /** The settings that name these keys as ones that may go although they were used. */
    static RemediationSettings naming(String... keys) {
        return RemediationSettings.DEFAULT.withNamedKeys(Set.of(keys));
    }
}
