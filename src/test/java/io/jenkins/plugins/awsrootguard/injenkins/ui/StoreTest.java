package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.VerdictHistory.Since;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The files of a build: nothing is lost, and build.xml stays small. */
@WithSharedJenkins
class StoreTest {

    private JenkinsRule j;
    private FreeStyleProject job;
    private FreeStyleBuild build;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        job = j.createFreeStyleProject("secure-root");
        build = j.buildAndAssertSuccess(job);
    }

    @Test
    void stateIsTheSameAfterAReloadAndNotInBuildXml() throws Exception {
        AccountState state = Sample.judged();
        BuildStore.of(build).update(Journey.ACCOUNT, before -> state);
        String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        assertThat("findings in build.xml", xml, not(containsString("root-access-keys")));
        BuildStore again = reload();
        assertEquals(state, again.accounts().state(Journey.ACCOUNT).orElseThrow());
        assertEquals(List.of(Journey.ACCOUNT), ids(again));
    }

    @Test
    void storesTheCredentialReportUnchanged() throws Exception {
        byte[] csv = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'u', ',', (byte) 0x80, (byte) 0xFF, '\r', '\n'};
        BuildStore.of(build).accounts().saveCredentialReport(Journey.ACCOUNT, csv);
        assertArrayEquals(
                csv, reload().accounts().credentialReport(Journey.ACCOUNT).orElseThrow());
    }

    @Test
    void keepsTheSubjectOfTheLastConnection() throws Exception {
        BuildStore.of(build).branch(List.of()).connected(Journey.ACCOUNT, new Used("prod-root", "eu-west-1"));
        ConnectionSpec unnamed = new ConnectionSpec(null, null, null, null, false, null);
        assertEquals(Journey.ACCOUNT, reload().branch(List.of()).subject(unnamed, false));
        assertEquals("123456789013", reload().branch(List.of()).subject(unnamed.forAccount("123456789013"), false));
    }

    @Test
    void readingABuildWithoutDataAddsNothing() {
        assertTrue(BuildStore.forReading(build).accounts().all().isEmpty());
        assertTrue(BuildStore.forReading(build).organization().isEmpty());
        assertNull(build.getAction(BuildStore.class));
    }

    @Test
    void buildXmlDoesNotGrowWithAccounts() throws Exception {
        SampleOrganization.fill(build, 1);
        long one = Files.size(build.getRootDir().toPath().resolve("build.xml"));
        SampleOrganization.fill(build, 60);
        build.save();
        assertEquals(one, Files.size(build.getRootDir().toPath().resolve("build.xml")));
        assertEquals(60, ids(reload()).size());
    }

    @Test
    void refusesInvalidAccountIds() {
        BuildStore action = BuildStore.of(build);
        for (String id : new String[] {"../../x", "12345678901", "", "1234567890123", "12345678901٢"}) {
            assertThrows(InvalidInputException.class, () -> action.update(id, before -> before), id);
            assertThrows(
                    InvalidInputException.class, () -> action.accounts().saveCredentialReport(id, new byte[0]), id);
            assertThrows(InvalidInputException.class, () -> action.accounts().state(id), id);
        }
    }

    @Test
    void keepsChangesThatAreRecordedAtTheSameTime() throws Exception {
        BuildStore action = BuildStore.of(build);
        AccountState judged = Sample.judged();
        action.update(Journey.ACCOUNT, before -> judged);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ChangeRecord change = change("key-" + i);
            all.add(pool.submit(() -> action.update(Journey.ACCOUNT, s -> s.withChange(change))));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        assertEquals(
                40,
                reload().accounts()
                        .state(Journey.ACCOUNT)
                        .orElseThrow()
                        .changes()
                        .size());
    }

    @Test
    void listsAnAccountWhoseFileIsDamaged() throws Exception {
        AccountState state = Sample.judged();
        BuildStore.of(build).update(Journey.ACCOUNT, before -> state);
        Path file = build.getRootDir().toPath().resolve("aws-root-guard/123456789012/state.json");
        Files.writeString(file, "{ \"accountId\": ");
        BuildStore again = reload();
        assertTrue(again.readableState(Journey.ACCOUNT).isEmpty());
        assertEquals(List.of(Journey.ACCOUNT), ids(again));
    }

    @Test
    void keepsTheBuildOfTheVerdictInLaterBuilds() throws Exception {
        AccountState unsecured = Sample.judged();
        BuildStore.of(build).update(Journey.ACCOUNT, before -> unsecured);
        FreeStyleBuild second = j.buildAndAssertSuccess(job);
        BuildStore.of(second).update(Journey.ACCOUNT, before -> unsecured);
        assertEquals(1, since(second).orElseThrow().build());
        FreeStyleBuild third = j.buildAndAssertSuccess(job);
        BuildStore.of(third).update(Journey.ACCOUNT, before -> AccountState.assessed(unsecured.facts()));
        assertTrue(since(third).isEmpty(), "not judged yet");
        FreeStyleBuild fourth = j.buildAndAssertSuccess(job);
        AccountState clear = withoutFindings(unsecured);
        BuildStore.of(fourth).update(Journey.ACCOUNT, before -> clear);
        assertEquals(4, since(fourth).orElseThrow().build());
        FreeStyleBuild fifth = j.buildAndAssertSuccess(job);
        BuildStore.of(fifth).update(Journey.ACCOUNT, before -> clear);
        assertEquals(since(fourth), since(fifth));
    }

    private static AccountState withoutFindings(AccountState state) {
        return state.withGaps(Findings.of(state.facts(), Policy.DEFAULT.source(), List.of()), state.plan());
    }

    private static Optional<Since> since(FreeStyleBuild of) {
        return BuildStore.of(of).history().since(Journey.ACCOUNT);
    }

    private static List<String> ids(BuildStore store) {
        return store.accounts().all().stream().map(AccountEntry::id).toList();
    }

    private static ChangeRecord change(String target) {
        return new ChangeRecord(
                ChangeKind.DELETE_ROOT_ACCESS_KEY + ":" + target,
                ChangeKind.DELETE_ROOT_ACCESS_KEY,
                "Delete " + target,
                ChangeRecord.Outcome.DONE,
                "alice",
                Instant.parse("2026-11-24T10:00:00Z"),
                null,
                "deleted",
                null);
    }

    private BuildStore reload() throws Exception {
        j.jenkins.reload();
        return j.jenkins
                .getItemByFullName("secure-root", FreeStyleProject.class)
                .getBuildByNumber(1)
                .getAction(BuildStore.class);
    }
}
