package io.jenkins.plugins.awsrootguard.remediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.controls.Facts;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Manual tasks and held-back deletions of a plan, by the facts of the account. */
class PlannerTest {

    /** Root with an access key and no MFA. */
    private static Facts keyWithoutMfa() {
        return Facts.unread()
                .summary(AccountSummary.MFA_ENABLED, 0)
                .keys(new RootAccessKey("AKIAEXAMPLEEXAMP7XQ2", true, Facts.NOW, ReportTime.NEVER_USED, null, false));
    }

    private static RootAccessKey key(ReportTime used) {
        return new RootAccessKey("AKIAEXAMPLEEXAMP7XQ2", true, Facts.NOW, used, null, false);
    }

    private static List<PendingTask.What> pending(Facts facts) {
        Gaps gaps = EngineFixture.judge(facts.build(), Policy.DEFAULT, RemediationSettings.DEFAULT);
        assertEquals(Status.FAIL, gaps.findings().find("root-mfa").orElseThrow().status());
        return gaps.plan().pending().stream().map(PendingTask::what).toList();
    }

    @Test
    void plansNoMfaTaskForRootUserWithoutPassword() {
        assertFalse(pending(keyWithoutMfa().summary(AccountSummary.PASSWORD_PRESENT, 0))
                .contains(PendingTask.What.MFA));
    }

    @Test
    void plansMfaTaskForRootUserWithPassword() {
        assertTrue(pending(keyWithoutMfa().summary(AccountSummary.PASSWORD_PRESENT, 1))
                .contains(PendingTask.What.MFA));
    }

    @Test
    void plansMfaTaskWhenPasswordCouldNotBeRead() {
        assertTrue(pending(keyWithoutMfa()).contains(PendingTask.What.MFA), "not in the summary");
        Facts noSummary = Facts.ofSample("unsecured.csv");
        assertFalse(noSummary.build().summary().isKnown());
        assertTrue(pending(noSummary).contains(PendingTask.What.MFA), "no summary");
    }

    @Test
    void holdsBackRecentlyUsedKeyUntilItIsAllowListed() {
        Facts facts = Facts.unread().keys(key(ReportTime.at(Facts.NOW)));
        PlannedChange held = deletion(facts, RemediationSettings.DEFAULT);
        assertEquals(new HeldBack(HeldBack.Reason.KEY_RECENTLY_USED, "90"), held.heldBack());
        assertTrue(held.isAllowable());
        assertFalse(deletion(facts, RemediationSettings.DEFAULT.withDeleteKeys(Set.of("AKIA…7XQ2")))
                .isBlocked());
    }

    @Test
    void reportsAllowListedKeyThatRootDoesNotHave() {
        RemediationSettings settings =
                RemediationSettings.DEFAULT.withDeleteKeys(Set.of("AKIAEXAMPLEEXAMP7XQ2", "AKIAEXAMPLEEXAMP1234"));
        Facts facts = keyWithoutMfa();
        assertEquals(List.of("AKIA…1234"), plan(facts, settings).unknownKeys());
        assertEquals(List.of(), plan(facts, settings.forAccount("111122223333")).unknownKeys(), "of another account");
        assertEquals(List.of(), plan(Facts.unread(), settings).unknownKeys(), "keys could not be read");
    }

    private static RemediationPlan plan(Facts facts, RemediationSettings settings) {
        return EngineFixture.judge(facts.build(), Policy.DEFAULT, settings).plan();
    }

    private static PlannedChange deletion(Facts facts, RemediationSettings settings) {
        return plan(facts, settings).changes().get(0);
    }
}
