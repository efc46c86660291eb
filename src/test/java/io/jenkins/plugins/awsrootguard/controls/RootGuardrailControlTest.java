package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootGuardrailControlTest {

    private static Finding judge(RootGuardrail... policies) {
        return Facts.unread().guardrails(policies).judge("root-guardrail");
    }

    @Test
    void namesThePolicyThatDeniesTheRootUser() {
        Finding finding = judge(new RootGuardrail("p-1", "DenyRoot", List.of("iam:GetUser"), true));
        assertEquals(Status.PASS, finding.status());
        assertEquals("DenyRoot (p-1) denies all actions except iam:GetUser to the root user.", finding.summary());
        assertEquals(
                "DenyRoot (p-1) denies all actions except iam:GetUser, also in privileged root sessions",
                finding.evidence().get(0).text());
    }

    @Test
    void failsWhereNoPolicyDeniesTheRootUser() {
        Finding finding = judge();
        assertEquals(Status.FAIL, finding.status());
        assertEquals(
                "no policy in force denies the root user",
                finding.evidence().get(0).text());
    }

    @Test
    void isUnknownWhereThePoliciesCouldNotBeRead() {
        Finding finding = Facts.unread().judge("root-guardrail");
        assertEquals(Status.UNKNOWN, finding.status());
        assertTrue(finding.summary().contains("organizations:ListPolicies"), finding.summary());
    }
}
