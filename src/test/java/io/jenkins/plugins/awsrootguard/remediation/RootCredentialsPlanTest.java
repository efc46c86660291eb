package io.jenkins.plugins.awsrootguard.remediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.assessment.EngineFixture;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationFixture;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the deletion of a root password is planned. */
class RootCredentialsPlanTest extends OrganizationFixture {

    private static final RemediationSettings REMOVE = removingPassword();

    private EmulatedAccount member;

    @BeforeEach
    void makeMember() {
        member = member(222222222222L);
        member.root().passwordPresent(true).enableVirtualMfa("phone").enablePasskey();
    }

    private RemediationPlan plan(AccountConnection c) {
        return gaps(c, REMOVE).plan();
    }

    private static List<ChangeKind> kinds(RemediationPlan plan) {
        return plan.changes().stream().map(PlannedChange::kind).toList();
    }

    @Test
    void plansNoPasswordDeletionUnlessConfigured() {
        try (AccountConnection c = connect(admin, member.id())) {
            assertEquals(List.of(), gaps(c, RemediationSettings.DEFAULT).plan().changes());
        }
    }

    @Test
    void plansNoPasswordDeletionWhenPasswordCouldNotBeRead() {
        aws.faults().deny(member.root().arn(), "iam:GetAccountSummary");
        try (AccountConnection c = connect(admin, member.id())) {
            assertEquals(List.of(), plan(c).changes());
        }
    }

    @Test
    void plansNoPasswordDeletionForManagementAccount() {
        management.root().passwordPresent(true);
        try (AccountConnection c = connect(admin)) {
            assertTrue(kinds(plan(c)).stream().noneMatch(k -> k.name().contains("ROOT")), plan(c).toString());
        }
    }

    @Test
    void plansNoManualTaskForPasswordThatIsDeleted() {
        member.root().deactivateMfa();
        try (AccountConnection c = connect(admin, member.id())) {
            assertEquals(List.of(ChangeKind.DELETE_ROOT_PASSWORD), kinds(plan(c)));
            assertEquals(List.of(), plan(c).pending());
            assertFalse(EngineFixture.judge(assess(c).facts(), Policy.DEFAULT, RemediationSettings.DEFAULT)
                    .plan()
                    .pending()
                    .isEmpty());
        }
    }

    @Test
    void plansOnlyKeyDeletionsInGovCloud() {
        EmulatedAccount gov = aws.createAccount("444444444444", "aws-us-gov");
        EmulatedAccount govMember = aws.createAccount("555555555555", "aws-us-gov");
        govMember.root().passwordPresent(true).addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), null);
        aws.createOrganization(gov)
                .addMember(govMember)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        gov.createUser("/", "security");
        gov.attachAdministratorAccess("security");
        RunSettings remove = SETTINGS.withRemediation(removingPassword());
        run(gov.userKey("security"), AccountFilter.parse(List.of(govMember.id()), List.of(), List.of()), remove);
        RemediationPlan plan = of(govMember).plan();
        assertEquals(
                List.of(ChangeKind.DELETE_ROOT_ACCESS_KEY),
                plan.changes().stream().map(PlannedChange::kind).toList());
    }
}
