package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan that was made in one way and is carried out in another changes nothing that it did not mean. */
class WrongAccountTest extends EngineFixture {

    @Test
    void anotherAccountsPlanIsRefused() {
        EmulatedAccount one = Presets.unsecured(aws, ID);
        EmulatedAccount other = Presets.unsecured(aws, "222222222222");
        RemediationPlan plan;
        try (AccountConnection c = connect(one.rootKey())) {
            plan = gaps(c, RemediationSettings.DEFAULT).plan();
        }
        try (AccountConnection c = connect(other.rootKey())) {
            String message = assertThrows(
                            InvalidInputException.class,
                            () -> secure(c, plan, RemediationSettings.DEFAULT, approve(plan)))
                    .getMessage();
            assertTrue(message.contains(ID) && message.contains("222222222222"), message);
        }
        assertTrue(other.groups().isEmpty());
    }

    @Test
    void aMembersPlanThroughARootSessionMakesNoAdministratorInTheManagementAccount() {
        EmulatedAccount management = aws.createAccount("111111111111");
        EmulatedAccount member = Presets.unsecured(aws, "222222222222");
        aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        RemediationPlan plan;
        RemediationSettings settings = naming(member.root().accessKeys().get(0).id());
        try (AccountConnection c = connect(member.rootKey())) {
            plan = gaps(c, settings).plan();
        }
        try (AccountConnection c = connect(management.userKey("security"), member.id())) {
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            for (ChangeRecord r : records) {
                assertEquals(r.kind().isDestructive() ? Outcome.DONE : Outcome.SKIPPED, r.outcome(), r.toString());
            }
        }
        assertNull(management.user("root-guard-admin"));
        assertTrue(management.groups().isEmpty());
        assertNull(management.passwordPolicy());
        assertTrue(member.root().accessKeys().isEmpty());
    }

    @Test
    void aRootKeysPlanCarriedOutByAnotherPrincipalDeletesNothingAndSaysSo() {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        account.createUser("/", "carol");
        account.attachAdministratorAccess("carol");
        RemediationSettings settings = naming(account.root().accessKeys().get(0).id());
        RemediationPlan plan;
        try (AccountConnection c = connect(account.rootKey())) {
            plan = gaps(c, settings).plan();
        }
        try (AccountConnection c = connect(account.userKey("carol"))) {
            for (ChangeRecord r : secure(c, plan, settings, approve(plan))) {
                assertTrue(!r.kind().isDestructive() || r.outcome() == Outcome.SKIPPED, r.toString());
            }
        }
        assertEquals(1, account.root().accessKeys().size());
        assertEquals(1, account.root().certificates().size());
        assertEquals(1, account.user("carol").accessKeys().size());
    }

    @Test
    void nothingIsPassedBecauseRootItselfAsks() {
        EmulatedAccount account = Presets.secured(aws, ID);
        try (AccountConnection c = connect(account.rootKey())) {
            Gaps gaps = gaps(c, RemediationSettings.DEFAULT);
            assertEquals(
                    Status.FAIL,
                    gaps.findings().find("root-recent-use").orElseThrow().status());
        }
    }
}
