package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.RootGuardrailReader;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootGuardrailReaderTest extends OrganizationFixture {

    private static final String DENY_ROOT =
            "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\","
                    + " \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:root\"}}}}";
    private static final String DENY_S3 =
            "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\":"
                    + " \"s3:*\", \"Resource\": \"*\"}}";

    @Test
    void anOrganizationWithoutPoliciesHasNoGuardrails() {
        EmulatedAccount member = member(1);
        assertEquals(List.of(), read().get().apply(member.id()));
    }

    @Test
    void aPolicyOnTheRootIsInForceOnEveryAccount() {
        EmulatedAccount member = member(1);
        String id = organization.attachPolicy("DenyRoot", DENY_ROOT, organization.rootId());
        assertEquals(
                List.of(new RootGuardrail(id, "DenyRoot", List.of(), true)),
                read().get().apply(member.id()));
    }

    @Test
    void aPolicyOnAUnitIsInForceOnItsAccountsOnly() {
        EmulatedAccount inside = member(1);
        EmulatedAccount outside = member(2);
        organization.attachPolicy("DenyRoot", DENY_ROOT, organization.moveTo("Workloads", inside));
        organization.attachPolicy("DenyS3", DENY_S3, organization.rootId());
        Function<String, List<RootGuardrail>> guardrails = read().get();
        assertEquals(1, guardrails.apply(inside.id()).size());
        assertEquals(List.of(), guardrails.apply(outside.id()));
    }

    @Test
    void aPolicyOnAnAccountIsInForceThere() {
        EmulatedAccount member = member(1);
        organization.attachPolicy("DenyRoot", DENY_ROOT, member.id());
        assertEquals(1, read().get().apply(member.id()).size());
        assertEquals(List.of(), read().get().apply(member(2).id()));
    }

    @Test
    void listsNoAccountsForPoliciesOnTheRootAndPoliciesThatDenySomeActions() {
        EmulatedAccount member = member(1);
        organization.attachPolicy("DenyRoot", Presets.DENY_ROOT, organization.rootId());
        organization.attachPolicy("DenyS3", DENY_S3, organization.moveTo("Workloads", member));
        assertEquals(1, read().get().apply(member.id()).size());
        assertEquals(
                Set.of(),
                aws.calls().stream()
                        .map(c -> c.action())
                        .filter(a -> a.startsWith("ListAccounts"))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations:ListRoots",
                "organizations:ListPolicies",
                "organizations:DescribePolicy",
                "organizations:ListTargetsForPolicy"
            })
    void aDeniedActionIsNamed(String action) {
        organization.attachPolicy("DenyS3", DENY_S3, organization.rootId());
        aws.faults().deny("*", action);
        Fact<Function<String, List<RootGuardrail>>> guardrails = read();
        assertFalse(guardrails.isKnown());
        assertEquals(
                Unread.Kind.EXPLICITLY_DENIED,
                guardrails.unread().kind(),
                guardrails.unread().toString());
        assertEquals(action, guardrails.unread().action());
    }

    @Test
    void namesThePolicyThatDeniesRootSessions() {
        EmulatedAccount member = member(1);
        String id = organization.attachPolicy("DenyRoot", DENY_ROOT, organization.rootId());
        run(AccountFilter.ALL, SETTINGS);
        assertEquals(
                "AWS denied iam:GetAccountSummary for arn:aws:iam::000000000001:root. Service control policy DenyRoot ("
                        + id + ") denies privileged root sessions: exempt them in the policy (aws:AssumedRoot).",
                cause(member));
    }

    @Test
    void reportsTheGuardrailOfEachMemberAndNoneOfTheManagementAccount() {
        EmulatedAccount inside = member(1);
        EmulatedAccount outside = member(2);
        organization.attachPolicy("DenyRoot", Presets.DENY_ROOT, organization.moveTo("Workloads", inside));
        run(AccountFilter.ALL, SETTINGS);
        assertEquals(Status.PASS, status(inside));
        assertEquals(Status.FAIL, status(outside));
        assertEquals(Status.NOT_APPLICABLE, status(management));
    }

    private Status status(EmulatedAccount account) {
        return of(account).findings().find("root-guardrail").orElseThrow().status();
    }

    private Fact<Function<String, List<RootGuardrail>>> read() {
        try (AccountConnection caller = connectMany(admin)) {
            return new RootGuardrailReader(caller).read();
        }
    }
}
