package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RootUser;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/** An account, taken through the phases as far as it goes. */
abstract class FaultStory {

    private static final Pattern NAMES_THE_CALL = Pattern.compile("(iam|sts|organizations|account|s3|sqs):[A-Z]");

    static final AssessmentSettings SHORT = new AssessmentSettings(Duration.ofSeconds(2), Duration.ofMillis(1), true);

    final Map<String, Status> statuses = new TreeMap<>();
    /** What was read; null when nothing was. */
    AccountFacts facts;

    /** All that was to be changed, and what came of it. */
    final List<ChangeRecord> records = new ArrayList<>();

    final EmulatedAccount account;
    private final ProxyConfiguration proxy;
    /** Two that have nothing to do with it. */
    final EmulatedAccount kept;

    final EmulatedAccount neglected;
    /** Why it ended early; null when it did not. */
    private String refused;

    FaultStory(EmbeddedAws aws, EmulatedAccount account) {
        this.account = account;
        this.proxy = ProxyConfiguration.builder().endpoint(aws.endpoint()).build();
        this.kept = Presets.secured(aws, "888888888888");
        this.neglected = Presets.unsecured(aws, "999999999999");
    }

    /** Takes the account through the phases, as far as it goes. */
    final void run(Timeouts timeouts) {
        String others = look(kept) + look(neglected);
        Set<String> had = rootHas();
        try {
            all(timeouts);
        } catch (AwsAccessException e) {
            refused = e.getMessage();
            assertEquals(1, refused.lines().count(), refused);
            assertTrue(NAMES_THE_CALL.matcher(refused).find() || refused.contains("refused"), refused);
        }
        assertEquals(Set.of(), deletedUnsaid(had), "nothing goes without a record");
        assertEquals(others, look(kept) + look(neglected), "nobody touches another account");
    }

    abstract void all(Timeouts timeouts);

    /** Null when it went through all phases. */
    String refused() {
        return refused;
    }

    /** What went although no change is recorded that may have taken it. */
    private Set<String> deletedUnsaid(Set<String> had) {
        Set<String> gone = new TreeSet<>(had);
        gone.removeAll(rootHas());
        records.stream()
                .filter(r -> r.outcome() == Outcome.DONE || r.outcome() == Outcome.FAILED)
                .forEach(r -> gone.remove(target(r)));
        return gone;
    }

    private Set<String> rootHas() {
        Set<String> all = new TreeSet<>();
        RootUser root = account.root();
        root.accessKeys().forEach(k -> all.add(k.id()));
        root.certificates().forEach(c -> all.add(c.id()));
        root.mfaDevices().forEach(d -> all.add(d.serialNumber()));
        if (root.hasPassword()) {
            all.add(account.id());
        }
        return all;
    }

    private static String look(EmulatedAccount a) {
        RootUser root = a.root();
        return a.id()
                + root.hasPassword()
                + Stream.of(
                                root.accessKeys().stream().map(k -> k.id() + k.active()),
                                root.certificates().stream().map(c -> c.id()),
                                root.mfaDevices().stream().map(d -> d.serialNumber()),
                                a.users().stream().map(u -> u.name()),
                                a.groups().stream().map(g -> g.name() + g.members() + g.attachedPolicies()))
                        .flatMap(s -> s)
                        .toList()
                + a.passwordPolicy()
                + a.buckets()
                + a.queues();
    }

    AwsAccess access(AccessKeyPair key, Timeouts timeouts) {
        return AwsAccess.open(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
                new AwsAccess.Settings(RoleChain.NONE, null, "us-east-1", proxy, timeouts));
    }

    /** Every planned change has a record, and each is true. */
    void check(RemediationPlan plan, List<ChangeRecord> made) {
        records.addAll(made);
        assertEquals(plan.changes().size(), made.size(), "every planned change has a record");
        boolean another = isAnothers(plan);
        made.forEach(r -> assertTrue(
                !another || !r.kind().isDestructive() || r.outcome() == Outcome.SKIPPED,
                r + " was for account " + plan.accountId()));
        made.forEach(this::assertTrueToTheAccount);
    }

    /** What is recorded as done is done; what is not done and not said to be uncertain is not done. */
    private void assertTrueToTheAccount(ChangeRecord record) {
        if (record.id().endsWith(":not known")) {
            assertEquals(Outcome.SKIPPED, record.outcome());
            return;
        }
        boolean there = isThere(record);
        if (record.outcome() == Outcome.DONE) {
            assertTrue(there, record + " is not true");
        } else if (record.outcome() != Outcome.SKIPPED) {
            assertEquals(Outcome.FAILED, record.outcome());
            assertTrue(NAMES_THE_CALL.matcher(record.detail()).find(), "names the call: " + record.detail());
        }
    }

    /** Whether a plan was made for an account that isn't in the story. */
    boolean isAnothers(RemediationPlan plan) {
        return !plan.accountId().equals(account.id());
    }

    /** Whether the account is as the change was to make it. */
    abstract boolean isThere(ChangeRecord record);

    static String target(ChangeRecord record) {
        return record.id().substring(record.id().indexOf(':') + 1);
    }

    boolean isGone(ChangeRecord record) {
        String target = target(record);
        return switch (record.kind()) {
            case DELETE_SIGNING_CERTIFICATE ->
                account.root().certificates().stream().noneMatch(k -> k.id().equals(target));
            case DELETE_ROOT_ACCESS_KEY -> account.root().accessKeys().stream().noneMatch(k -> k.id().equals(target));
            case DELETE_ROOT_PASSWORD -> !account.root().hasPassword();
            case DEACTIVATE_ROOT_MFA ->
                account.root().mfaDevices().stream()
                        .noneMatch(d -> d.serialNumber().equals(target));
            default -> throw new AssertionError("not part of this story: " + record);
        };
    }
}
