package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.IndexedAccount;
import io.jenkins.plugins.awsrootguard.store.OrganizationPlan;
import io.jenkins.plugins.awsrootguard.store.OrganizationStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build keeps of an organization: nothing an account in build.xml, and nothing lost when it ends half-way. */
@WithSharedJenkins
class OrganizationStoreTest {

    private JenkinsRule j;
    private FreeStyleBuild build;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        build = j.buildAndAssertSuccess(j.createFreeStyleProject("organization"));
    }

    @Test
    void buildXmlDoesNotGrowWithTheAccounts() throws Exception {
        SampleOrganization.fill(build, 1);
        long one = Files.size(file("build.xml"));
        SampleOrganization.fill(build, 60);
        build.save();
        assertEquals(one, Files.size(file("build.xml")));
    }

    @Test
    void theAccountsAreThereAfterJenkinsWasReloaded() throws Exception {
        SampleOrganization.fill(build, 12);
        OrganizationStore again = reload();
        assertEquals(12, again.accounts().size());
        assertEquals(
                SampleOrganization.state(SampleOrganization.id(10), "team-10"),
                again.state(SampleOrganization.id(10)).orElseThrow());
        assertEquals(
                "Could not be read",
                again.account(SampleOrganization.id(7)).orElseThrow().line().word());
    }

    @Test
    void theLatestStateOfAnAccountCounts() throws Exception {
        OrganizationStore store = SampleOrganization.fill(build, 3);
        Approval approval = new Approval("alice", Instant.parse("2026-11-24T11:00:00Z"), Set.of("X:y"), Set.of());
        AccountState after = store.update(SampleOrganization.id(0), s -> s.withApproval(approval));
        assertEquals(after, store.state(SampleOrganization.id(0)).orElseThrow());
        OrganizationStore again = reload();
        assertEquals(3, again.accounts().size());
        assertEquals(
                approval, again.state(SampleOrganization.id(0)).orElseThrow().approval());
    }

    @Test
    void whatWasCutOffWhenTheControllerDiedIsDroppedAndTheRestIsKept() throws Exception {
        SampleOrganization.begin(build, 5);
        Path index = file("aws-root-guard/organization/index.jsonl");
        Path states = file("aws-root-guard/organization/accounts.jsonl.gz");
        Files.writeString(index, "{\"account\":{\"id\":\"20000", StandardOpenOption.APPEND);
        Files.write(states, new byte[] {0x1f, (byte) 0x8b, 8}, StandardOpenOption.APPEND);
        OrganizationStore again = reload();
        assertEquals(5, again.accounts().size());
        again.put(SampleOrganization.outcome(20, "later"), earlier -> earlier);
        OrganizationStore third = reload();
        assertEquals(6, third.accounts().size());
        assertEquals(
                SampleOrganization.state(SampleOrganization.id(20), "later"),
                third.state(SampleOrganization.id(20)).orElseThrow());
        assertTrue(third.header().orElseThrow().endedAt() == null, "the reading never ended");
    }

    @Test
    void aLineWhoseStateWasNotWrittenIsDropped() throws Exception {
        SampleOrganization.begin(build, 5);
        Path states = file("aws-root-guard/organization/accounts.jsonl.gz");
        byte[] all = Files.readAllBytes(states);
        Files.write(states, java.util.Arrays.copyOf(all, all.length - 10));
        assertThat(
                reload().accounts().stream().map(IndexedAccount::id).toList(),
                containsInAnyOrder(
                        SampleOrganization.id(0),
                        SampleOrganization.id(1),
                        SampleOrganization.id(2),
                        SampleOrganization.id(3)));
    }

    @Test
    void aDamagedLineIsLeftOutAndTheRestIsThere() throws Exception {
        SampleOrganization.begin(build, 3);
        Path index = file("aws-root-guard/organization/index.jsonl");
        String whole = Files.readString(index);
        String last = whole.lines().reduce((a, b) -> b).orElseThrow();
        for (String damaged : List.of(
                "null",
                "7",
                "[]",
                "{}",
                last.replaceAll("\"length\":[0-9]+", "\"length\":-5"),
                last.replaceAll("\"length\":[0-9]+", "\"length\":0"),
                last.replaceAll("\"offset\":[0-9]+", "\"offset\":-1"),
                last.replaceAll("\"offset\":[0-9]+", "\"offset\":9223372036854775807"),
                last.replaceAll("\"statuses\":\\{[^}]*}", "\"statuses\":null"))) {
            assertTrue(!damaged.equals(last), damaged);
            Files.writeString(index, whole + damaged + "\n");
            assertEquals(3, reload().accounts().size(), damaged);
            assertThat(
                    reload().state(SampleOrganization.id(2)).orElseThrow().accountId(),
                    org.hamcrest.Matchers.equalTo(SampleOrganization.id(2)));
        }
    }

    @Test
    void theFileOfStatesIsJsonLinesOnceUnpackedAndSmall() throws Exception {
        SampleOrganization.fill(build, 50);
        byte[] packed = Files.readAllBytes(file("aws-root-guard/organization/accounts.jsonl.gz"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(50, lines.lines().count());
            assertThat(lines.lines().toList().get(49), containsString("\"accountId\":\"200000000049\""));
        }
        assertThat(packed.length / 50, lessThan(8000));
    }

    @Test
    void anAccountOfAnEarlierReadingIsNoneOfALaterOneAndIsKnownToIt() throws Exception {
        SampleOrganization.fill(build, 3);
        BuildStore.of(build)
                .organizationStore()
                .update(
                        SampleOrganization.id(1),
                        s -> s.withApproval(new Approval("alice", Instant.EPOCH, Set.of(), Set.of())));
        OrganizationStore store = SampleOrganization.begin(build, 0);
        assertEquals(List.of(), store.accounts());
        store.put(SampleOrganization.outcome(1, "team-1"), earlier -> earlier);
        assertTrue(store.keepEarlier(SampleOrganization.id(2)));
        assertEquals(
                "alice",
                store.state(SampleOrganization.id(1)).orElseThrow().approval().by());
        assertThat(
                reload().accounts().stream().map(IndexedAccount::id).toList(),
                containsInAnyOrder(SampleOrganization.id(1), SampleOrganization.id(2)));
    }

    @Test
    void aChangeThatIsUnderWayWhenAnotherStepBeginsAReadingIsJournalledToItsEnd() throws Exception {
        SampleOrganization.fill(build, 2);
        OrganizationStore store = SampleOrganization.begin(build, 0);
        Approval approval = new Approval("alice", Instant.EPOCH, Set.of(), Set.of());
        store.update(SampleOrganization.id(1), s -> s.withApproval(approval));
        assertEquals(
                approval, reload().state(SampleOrganization.id(1)).orElseThrow().approval());
        assertEquals(1, store.accounts().size());
    }

    @Test
    void aChangeThatIsJournalledWhileTheAccountIsReadAgainIsNotLost() throws Exception {
        OrganizationStore store = SampleOrganization.fill(build, 3);
        Approval approval = new Approval("alice", Instant.EPOCH, Set.of(), Set.of());
        List<AccountState> asked = new ArrayList<>();
        store.put(SampleOrganization.outcome(1, "team-1"), earlier -> {
            if (asked.isEmpty()) {
                store.update(SampleOrganization.id(1), s -> s.withApproval(approval));
            }
            asked.add(earlier);
            return earlier;
        });
        assertEquals(
                approval, store.state(SampleOrganization.id(1)).orElseThrow().approval());
    }

    @Test
    void aPlanThatReadsOtherwiseIsAnotherPlan() {
        OrganizationStore store = SampleOrganization.fill(build, 1);
        String unused = tag(store, "Delete root's inactive access key AKIA…MPLE, never used");
        String used = tag(store, "Delete root's active access key AKIA…MPLE, never used");
        assertNotEquals(unused, used);
        assertEquals(unused, tag(store, "Delete root's inactive access key AKIA…MPLE, never used"));
    }

    private static String tag(OrganizationStore store, String description) {
        PlannedChange change = new PlannedChange(
                ChangeKind.DELETE_ROOT_ACCESS_KEY, "AKIAIOSFODNN7EXAMPLE", description, "root-access-keys", null);
        String id = SampleOrganization.id(0);
        store.update(
                id, s -> s.withGaps(s.findings(), new RemediationPlan(id, Instant.EPOCH, List.of(change), List.of())));
        return OrganizationPlan.of(store).tag();
    }

    @Test
    void accountsStoredAtTheSameTimeAreAllKept() throws Exception {
        OrganizationStore store = SampleOrganization.begin(build, 0);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int n = i;
            all.add(pool.submit(() -> store.put(SampleOrganization.outcome(n, "team-" + n), earlier -> earlier)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        OrganizationStore again = reload();
        assertEquals(40, again.accounts().size());
        for (IndexedAccount account : again.accounts()) {
            assertEquals(account.id(), again.state(account).accountId());
        }
    }

    private Path file(String name) {
        return build.getRootDir().toPath().resolve(name);
    }

    private OrganizationStore reload() throws Exception {
        j.jenkins.reload();
        return j.jenkins
                .getItemByFullName("organization", FreeStyleProject.class)
                .getBuildByNumber(1)
                .getAction(BuildStore.class)
                .organizationStore();
    }
}
