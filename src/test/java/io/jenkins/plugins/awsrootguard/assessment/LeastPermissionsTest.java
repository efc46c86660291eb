package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The policies of docs/policies: enough for what the engine calls, and nothing more. */
class LeastPermissionsTest extends PoliciesFixture {

    @Test
    void readIsExactlyWhatAssessmentAndValidationCall() throws IOException {
        EmulatedAccount account = Presets.secured(aws, ID);
        aws.createOrganization(account);
        // So that the roles are read, as they are wherever no user is enough.
        account.user("admin").permissionsBoundary(account.createPolicy("none", policy("secure.json")));
        account.createRole("AWSReservedSSO_Admin_0123456789abcdef")
                .attachedPolicies()
                .add(account.administratorAccess());
        try (AccountConnection c = connect(user(account, "read.json"))) {
            assess(c);
        }
        assertEquals(List.of(), denied());
        assertEquals(actions("read.json"), called("arn:aws:iam::" + ID + ":user/jenkins"));
    }

    @Test
    void readAndSecureAreExactlyWhatRemediationCalls() throws IOException {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        aws.createOrganization(account);
        // So that the group is looked into, as it is wherever one has AdministratorAccess.
        account.createGroup("/", "empty").attachedPolicies().add(account.administratorAccess());
        account.createRole("AWSReservedSSO_Admin_0123456789abcdef")
                .trustedBy("\"Service\": \"ec2.amazonaws.com\"")
                .attachedPolicies()
                .add(account.administratorAccess());
        try (AccountConnection c = connect(user(account, "read.json", "secure.json"))) {
            RemediationPlan plan = gaps(c, RemediationSettings.DEFAULT).plan();
            List<ChangeRecord> records = secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
            assertEquals(
                    5, records.stream().filter(r -> r.outcome() == Outcome.DONE).count(), records.toString());
            account.user("root-guard-admin").enableVirtualMfa("phone");
            assertTrue(Confirmation.check(c, PendingTask.What.ADMIN_MFA, RunSettings.DEFAULT)
                    .passed());
            // The user is there already now, so it is looked whether somebody could act as it.
            secure(c, plan, RemediationSettings.DEFAULT, approve(plan));
        }
        assertEquals(List.of(), denied());
        assertEquals(actions("read.json", "secure.json"), called("arn:aws:iam::" + ID + ":user/jenkins"));
    }

    @Test
    void secureCannotMakeAnotherUserOrAttachAnotherPolicy() throws IOException {
        EmulatedAccount account = Presets.unsecured(aws, ID);
        RemediationSettings other = new RemediationSettings(
                "eve", "root-guard-administrators", java.util.Map.of(), Set.of(), false, RequestedChanges.NONE, null);
        try (AccountConnection c = connect(user(account, "read.json", "secure.json"))) {
            RemediationPlan plan = gaps(c, other).plan();
            List<ChangeRecord> records = secure(c, plan, other, approve(plan));
            ChangeRecord create = records.stream()
                    .filter(r -> r.kind() == ChangeKind.CREATE_ADMIN_USER)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.FAILED, create.outcome());
            assertTrue(create.detail().contains("iam:CreateUser"), create.detail());
        }
    }

    @Test
    void theOrganizationPolicyIsEnoughToReadAWholeOrganization() throws IOException {
        EmulatedAccount management = Presets.secured(aws, "111111111111").reportDelay(0);
        EmulatedAccount member = Presets.unsecured(aws, "222222222222");
        EmulatedOrganization organization = aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        String unit = organization.moveTo("Workloads", member);
        organization.attachPolicy("DenyS3", Presets.DENY_ROOT, organization.rootId());
        AccessKeyPair key = user(management, "read.json", "privileged-root-session.json", "organization.json");
        for (List<String> units : List.of(List.<String>of(), List.of(unit))) {
            run(key, AccountFilter.parse(List.of(), units, List.of()), RunSettings.DEFAULT.withAccount(QUICK))
                    .forEach(a -> assertEquals(
                            AccountReading.Outcome.READ, a.reading().outcome()));
        }
        assertEquals(List.of(), denied());
        Set<String> called = called("arn:aws:iam::111111111111:user/jenkins");
        assertTrue(called.containsAll(actions("organization.json")), called.toString());
    }

    @Test
    void theRootSessionPolicyIsEnoughToDeleteAMembersRootKey() throws IOException {
        EmulatedAccount management = aws.createAccount("111111111111");
        EmulatedAccount member = Presets.unsecured(aws, "222222222222");
        EmulatedOrganization organization = aws.createOrganization(management);
        organization.addMember(member).enableRootCredentialsManagement(true).enableRootSessions(true);
        String key = member.root().accessKeys().get(0).id();
        try (AccountConnection c = connect(user(management, "privileged-root-session.json"), member.id())) {
            RemediationSettings settings = naming(key);
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            assertTrue(records.stream().allMatch(r -> r.outcome() == Outcome.DONE), records.toString());
        }
        assertEquals(List.of(), denied());
        assertTrue(member.root().accessKeys().isEmpty());
        assertEquals(actions("privileged-root-session.json"), called("arn:aws:iam::111111111111:user/jenkins"));
        assertFalse(called("arn:aws:iam::222222222222:root").isEmpty());
    }
}
