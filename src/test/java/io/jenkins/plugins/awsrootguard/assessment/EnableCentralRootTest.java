package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Central management of root users is enabled from the management account, when somebody has approved that. */
class EnableCentralRootTest extends OrganizationFixture {

    @BeforeEach
    void turnAllOff() {
        organization.trustedAccess(false).enableRootCredentialsManagement(false).enableRootSessions(false);
    }

    private List<ChangeRecord> enable(AccessKeyPair key, boolean approved) {
        try (AccountConnection c = connect(key)) {
            RemediationPlan plan = planCentralRoot(c, CentralRoot.ENABLE);
            return secure(c, plan, RemediationSettings.DEFAULT, approved ? approve(plan) : null);
        }
    }

    private static List<Outcome> outcomes(List<ChangeRecord> records) {
        return records.stream().map(ChangeRecord::outcome).toList();
    }

    private List<String> enabled() {
        return aws.calls().stream()
                .map(c -> c.action())
                .filter(a -> a.startsWith("Enable"))
                .toList();
    }

    @Test
    void trustedAccessComesFirstAndThenBothFeatures() {
        List<ChangeRecord> records = enable(admin, true);

        assertEquals(List.of(Outcome.DONE, Outcome.DONE, Outcome.DONE), outcomes(records), records.toString());
        assertEquals(
                List.of(
                        "EnableAWSServiceAccess",
                        "EnableOrganizationsRootCredentialsManagement",
                        "EnableOrganizationsRootSessions"),
                enabled());
        assertTrue(records.stream().allMatch(r -> "alice".equals(r.approvedBy())), records.toString());
        EmulatedAccount member = memberWithKey(222222222222L);
        assertEquals(Status.PASS, run(AccountFilter.ALL, SETTINGS).central().status());
        assertEquals(Status.FAIL, status(member, "root-access-keys"));
    }

    @Test
    void onlyWhatIsOffIsPlannedAndNothingWhenAllIsOn() {
        organization.trustedAccess(true).enableRootCredentialsManagement(true);
        assertEquals(1, enable(admin, true).size());
        assertEquals(List.of("EnableOrganizationsRootSessions"), enabled());
        assertEquals(List.of(), enable(admin, true));
    }

    @Test
    void nothingIsEnabledThatNobodyApproved() {
        assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(enable(admin, false))));
        assertEquals(List.of(), enabled());
    }

    @Test
    void aFailureStopsWhatComesAfterIt() {
        aws.faults().deny("*", "organizations:EnableAWSServiceAccess");
        List<ChangeRecord> records = enable(admin, true);
        assertEquals(List.of(Outcome.FAILED, Outcome.SKIPPED, Outcome.SKIPPED), outcomes(records));
        assertTrue(records.get(0).detail().contains("organizations:EnableAWSServiceAccess"), records.toString());
    }

    @Test
    void anAnswerThatIsLostIsLookedUp() {
        aws.faults().truncateNext("iam:EnableOrganizationsRootSessions", 9);
        assertEquals(Set.of(Outcome.DONE), Set.copyOf(outcomes(enable(admin, true))));
    }

    @Test
    void aDelegatedAdministratorIsToldWhoCan() {
        EmulatedAccount delegated = member(222222222222L);
        organization.trustedAccess(true).delegatedAdministrator(delegated);
        delegated.createUser("/", "security");
        delegated.attachAdministratorAccess("security");
        List<ChangeRecord> records = enable(delegated.userKey("security"), true);
        assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
        assertTrue(records.get(0).detail().contains("Only the organization's management account"), records.toString());
        assertEquals(List.of(), enabled());
    }

    @Test
    void heldBackForAnAccountWithoutOrganization() {
        EmulatedAccount alone = aws.createAccount("555555555555");
        List<ChangeRecord> records = enable(alone.rootKey(), true);
        assertEquals(Set.of(Outcome.SKIPPED), Set.copyOf(outcomes(records)));
        assertTrue(records.get(0).detail().contains("belongs to no organization"), records.toString());
    }

    @Test
    void disablesWhatIsOnInReverseOrder() {
        organization.trustedAccess(true).enableRootCredentialsManagement(true).enableRootSessions(true);
        try (AccountConnection c = connect(admin)) {
            RemediationPlan plan = planCentralRoot(c, CentralRoot.DISABLE);
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(List.of(Outcome.DONE, Outcome.DONE, Outcome.DONE), outcomes(records), records.toString());
            assertEquals(List.of(), planCentralRoot(c, CentralRoot.DISABLE).changes());
        }
        assertEquals(
                List.of(
                        "DisableOrganizationsRootSessions",
                        "DisableOrganizationsRootCredentialsManagement",
                        "DisableAWSServiceAccess"),
                aws.calls().stream()
                        .map(c -> c.action())
                        .filter(a -> a.startsWith("Disable"))
                        .toList());
    }
}
