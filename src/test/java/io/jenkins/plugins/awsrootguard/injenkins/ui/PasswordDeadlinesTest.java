package io.jenkins.plugins.awsrootguard.injenkins.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.injenkins.WithSharedJenkins;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import io.jenkins.plugins.awsrootguard.ui.RootGuardMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The deadlines of the root passwords, and the reminder. With the defaults: 90 days, 14 days before. */
@WithSharedJenkins
class PasswordDeadlinesTest {

    private static final String A = "111111111111";
    private static final String B = "222222222222";

    private JenkinsRule j;

    @BeforeEach
    void reset(JenkinsRule rule) throws IOException {
        j = rule;
        monitor(j).disable(false);
    }

    @Test
    void deadlineIsTheSameWhenItIsLoaded() throws Exception {
        PasswordConfirmation stated = stated(A, Instant.parse("2026-11-01T10:00:00Z"));
        PasswordDeadlines.get().record(stated, "job/x/1/");
        PasswordDeadlines loaded = new PasswordDeadlines();
        assertEquals(stated, loaded.last(A).orElseThrow());
        Deadline due = loaded.all(Instant.parse("2026-11-02T00:00:00Z")).get(0);
        assertEquals("job/x/1/", due.buildUrl());
        assertEquals(Instant.parse("2027-01-30T10:00:00Z"), due.dueAt());
    }

    @Test
    void remindsFromFourteenDaysBeforeTheDeadline() throws Exception {
        Instant changed = Instant.parse("2026-08-01T10:00:00Z");
        Instant due = changed.plus(Duration.ofDays(90));
        PasswordDeadlines deadlines = PasswordDeadlines.get();
        deadlines.record(stated(A, changed), null);
        assertEquals(List.of(), words(deadlines, due.minus(Duration.ofDays(14))));
        assertEquals(
                List.of("due in 14 days"),
                words(deadlines, due.minus(Duration.ofDays(14)).plusSeconds(1)));
        assertEquals(List.of("due in 1 day"), words(deadlines, due.minus(Duration.ofHours(25))));
        assertEquals(List.of("due today"), words(deadlines, due.minusSeconds(1)));
        assertEquals(List.of("overdue by 1 day"), words(deadlines, due));
        assertEquals(List.of("overdue by 8 days"), words(deadlines, due.plus(Duration.ofDays(7))));
    }

    @Test
    void listsTheMostUrgentAccountFirst() throws Exception {
        Instant now = Instant.now();
        PasswordDeadlines.get().record(stated(A, now.minus(Duration.ofDays(80))), null);
        PasswordDeadlines.get().record(stated(B, now.minus(Duration.ofDays(95))), null);
        List<String> accounts = PasswordDeadlines.get().due(now).stream()
                .map(Deadline::accountId)
                .toList();
        assertEquals(List.of(B, A), accounts);
    }

    @Test
    void ignoresAnOlderStatement() throws Exception {
        PasswordConfirmation newer = stated(A, Instant.parse("2026-11-01T10:00:00Z"));
        PasswordDeadlines.get().record(newer, null);
        PasswordDeadlines.get().record(stated(A, Instant.parse("2026-01-01T10:00:00Z")), null);
        assertEquals(newer, PasswordDeadlines.get().last(A).orElseThrow());
    }

    @Test
    void refusesAnInvalidAccountId() throws Exception {
        Assertions.assertThrows(
                InvalidInputException.class, () -> PasswordDeadlines.get().record(stated("../x", Instant.now()), null));
    }

    @Test
    void reminderListsAccounts() throws Exception {
        PasswordDeadlines.get().record(stated(A, Instant.now().minus(Duration.ofDays(100))), null);
        String page = managePage(j).asNormalizedText();
        assertTrue(page.contains("Account 111111111111: root password overdue by 11 days"), page);
        assertTrue(page.contains("How to change a root password"), page);
    }

    @Test
    void newStatementEndsTheReminder() throws Exception {
        PasswordDeadlines.get().record(stated(A, Instant.now().minus(Duration.ofDays(100))), null);
        assertTrue(monitor(j).isActivated());
        PasswordDeadlines.get().record(stated(A, Instant.now()), null);
        assertFalse(monitor(j).isActivated());
    }

    @Test
    void dismissedReminderStaysHiddenAfterReload() throws Exception {
        PasswordDeadlines.get().record(stated(A, Instant.now().minus(Duration.ofDays(100))), null);
        HtmlForm form = managePage(j).getFormByName(RootGuardMonitor.class.getName());
        j.submit(form, "no");
        j.jenkins.reload();
        assertFalse(managePage(j).asNormalizedText().contains(A));
        PasswordDeadlines.get().record(stated(B, Instant.now().minus(Duration.ofDays(80))), null);
        String page = managePage(j).asNormalizedText();
        assertTrue(page.contains(B), page);
        assertFalse(page.contains(A), page);
    }

    @Test
    void removesTheDeadlineOfAnAccount() throws Exception {
        PasswordDeadlines.get().record(stated(A, Instant.now().minus(Duration.ofDays(100))), null);
        PasswordDeadlines.get().record(stated(B, Instant.now()), null);
        JenkinsRule.WebClient web = j.createWebClient();
        HtmlPage page = web.goTo("manage/aws-root-passwords/");
        HtmlAnchor remove = page.getFirstByXPath("//a[contains(@data-url, 'forget?accountId=" + A + "')]");
        HtmlElementUtil.click(remove);
        web.waitForBackgroundJavaScript(10_000);
        assertTrue(PasswordDeadlines.get().last(A).isPresent(), "removed without a confirmation");
        HtmlButton confirm = page.getFirstByXPath("//dialog//button[@data-id='ok']");
        HtmlElementUtil.click(confirm);
        web.waitForBackgroundJavaScript(10_000);
        String after = web.goTo("manage/aws-root-passwords/").asNormalizedText();
        assertFalse(after.contains(A));
        assertTrue(after.contains(B));
        assertTrue(new PasswordDeadlines().last(A).isEmpty());
    }

    @Test
    void renamesADamagedFileAndStartsAgain() throws Exception {
        Path file = j.jenkins.getRootDir().toPath().resolve(PasswordDeadlines.FILE);
        Files.writeString(file, "<not xml");
        PasswordDeadlines deadlines = new PasswordDeadlines();
        assertTrue(deadlines.all(Instant.now()).isEmpty());
        assertTrue(Files.exists(file.resolveSibling(PasswordDeadlines.FILE + ".unreadable")));
        deadlines.record(stated(B, Instant.now()), null);
        assertTrue(new PasswordDeadlines().last(B).isPresent());
    }

    private static PasswordConfirmation stated(String account, Instant at) {
        return new PasswordConfirmation(account, "alice", at, at, "CloudTrail shows PasswordUpdated by root");
    }

    private static List<String> words(PasswordDeadlines deadlines, Instant now) {
        return deadlines.due(now).stream().map(Deadline::inWords).toList();
    }

    private static RootGuardMonitor monitor(JenkinsRule j) {
        return j.jenkins.getExtensionList(RootGuardMonitor.class).get(0);
    }

    private static HtmlPage managePage(JenkinsRule j) throws Exception {
        return j.createWebClient().goTo("manage/");
    }
}
