package io.jenkins.plugins.awsrootguard.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PasswordPolicy;
import software.amazon.awssdk.services.iam.model.PasswordPolicyViolationException;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/** Users, policies, keys, MFA devices and the password policy, as the SDK sees them. */
class EmulatedIamTest extends EmulatorFixture {

    @Test
    void updateReplacesWholePasswordPolicy() {
        assertThrows(NoSuchEntityException.class, iam::getAccountPasswordPolicy);
        iam.updateAccountPasswordPolicy(policy -> policy.minimumPasswordLength(14)
                .requireSymbols(true)
                .maxPasswordAge(90)
                .passwordReusePrevention(24));
        PasswordPolicy full = iam.getAccountPasswordPolicy().passwordPolicy();
        assertEquals(14, full.minimumPasswordLength());
        assertTrue(full.expirePasswords());
        iam.updateAccountPasswordPolicy(policy -> policy.requireNumbers(true));
        PasswordPolicy replaced = iam.getAccountPasswordPolicy().passwordPolicy();
        assertEquals(6, replaced.minimumPasswordLength());
        assertFalse(replaced.requireSymbols());
        assertFalse(replaced.expirePasswords());
        assertNull(replaced.maxPasswordAge());
        assertNull(replaced.passwordReusePrevention());
        refused("ValidationError", () -> iam.updateAccountPasswordPolicy(policy -> policy.minimumPasswordLength(5)));
        refused("ValidationError", () -> iam.updateAccountPasswordPolicy(policy -> policy.passwordReusePrevention(25)));
        iam.deleteAccountPasswordPolicy();
        assertNull(account.passwordPolicy());
    }

    @Test
    void listsVirtualDeviceWithRootUser() {
        account.newVirtualMfa("/", "nobodys");
        account.root().enableVirtualMfa("any-name");
        List<VirtualMFADevice> assigned = iam.listVirtualMFADevices(
                        request -> request.assignmentStatus(AssignmentStatusType.ASSIGNED))
                .virtualMFADevices();
        assertEquals(1, assigned.size());
        assertEquals("arn:aws:iam::123456789012:mfa/any-name", assigned.get(0).serialNumber());
        assertEquals("arn:aws:iam::123456789012:root", assigned.get(0).user().arn());
        assertEquals(NOW, assigned.get(0).enableDate());
        VirtualMFADevice free = iam.listVirtualMFADevices(
                        request -> request.assignmentStatus(AssignmentStatusType.UNASSIGNED))
                .virtualMFADevices()
                .get(0);
        assertNull(free.user());
        assertNull(free.enableDate());
        assertEquals(
                2,
                iam.listVirtualMFADevicesPaginator(request -> request.maxItems(1)).stream()
                        .count());
        assertEquals(1, iam.listMFADevices().mfaDevices().size());
    }

    @Test
    void refusesDeletedRootKey() {
        String id = account.rootKey().accessKeyId();
        assertEquals(id, iam.listAccessKeys().accessKeyMetadata().get(0).accessKeyId());
        iam.updateAccessKey(key -> key.accessKeyId(id).status(StatusType.ACTIVE));
        assertEquals(
                "iam",
                iam.getAccessKeyLastUsed(key -> key.accessKeyId(id))
                        .accessKeyLastUsed()
                        .serviceName());
        String certificate = iam.listSigningCertificates().certificates().get(0).certificateId();
        iam.deleteSigningCertificate(request -> request.certificateId(certificate));
        assertThrows(
                NoSuchEntityException.class, () -> iam.deleteAccessKey(key -> key.accessKeyId("AKIA0000000000000000")));
        iam.deleteAccessKey(key -> key.accessKeyId(id));
        refused("InvalidClientTokenId", () -> iam.listAccessKeys());
        assertTrue(account.root().accessKeys().isEmpty());
    }

    @Test
    void createsAdministrator() {
        User created = iam.createUser(user -> user.path("/ops/")
                        .userName("guard")
                        .tags(Tag.builder().key("made-by").value("root-guard").build()))
                .user();
        assertEquals("arn:aws:iam::123456789012:user/ops/guard", created.arn());
        assertThrows(EntityAlreadyExistsException.class, () -> iam.createUser(user -> user.userName("guard")));
        String policy = account.administratorAccess();
        iam.createGroup(group -> group.groupName("Admins"));
        iam.attachGroupPolicy(request -> request.groupName("Admins").policyArn(policy));
        iam.addUserToGroup(request -> request.groupName("Admins").userName("guard"));
        assertEquals(
                "guard", iam.getGroup(g -> g.groupName("Admins")).users().get(0).userName());
        assertEquals(
                "Admins",
                iam.listEntitiesForPolicy(request -> request.policyArn(policy))
                        .policyGroups()
                        .get(0)
                        .groupName());
        assertEquals(
                "root-guard",
                iam.listUserTags(user -> user.userName("guard")).tags().get(0).value());
        assertEquals(
                "Admins",
                iam.listGroupsForUser(user -> user.userName("guard"))
                        .groups()
                        .get(0)
                        .groupName());
        account.passwordPolicy(AccountPasswordPolicy.strong());
        assertThrows(
                PasswordPolicyViolationException.class,
                () -> iam.createLoginProfile(login -> login.userName("guard").password("short")));
        iam.createLoginProfile(login -> login.userName("guard").password("Long-enough-12345"));
        String serial = iam.createVirtualMFADevice(device -> device.virtualMFADeviceName("guard"))
                .virtualMFADevice()
                .serialNumber();
        iam.enableMFADevice(device -> device.userName("guard")
                .serialNumber(serial)
                .authenticationCode1("123456")
                .authenticationCode2("654321"));
        assertEquals(
                1,
                iam.listMFADevices(user -> user.userName("guard")).mfaDevices().size());
        assertEquals(
                1,
                Clients.of(aws, account.userKey("guard"))
                        .iam()
                        .getAccountSummary()
                        .summaryMapAsStrings()
                        .get("Groups"));
        assertTrue(aws.calls().stream()
                .noneMatch(call -> call.parameters().toString().contains("enough")));
    }

    @Test
    void policiesAllowAndDeny() {
        IamClient alice = Clients.of(aws, account.userKey("alice")).iam();
        AwsServiceException denied = refused("AccessDenied", () -> alice.getAccountSummary());
        assertTrue(denied.getMessage()
                .startsWith("User: arn:aws:iam::123456789012:user/alice is not authorized to perform: "
                        + "iam:GetAccountSummary on resource: * because no identity-based policy allows the "
                        + "iam:GetAccountSummary action"));
        assertEquals(403, denied.statusCode());
        account.allow("alice", """
            {"Statement": [
              {"Effect": "Allow", "Action": ["IAM:get*", "iam:List*"], "Resource": "*"},
              {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "arn:aws:iam::*:user/alice",
               "Condition": {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}}},
              {"Effect": "Deny", "NotAction": ["iam:GetAccountSummary", "iam:List*", "iam:AttachUserPolicy"],
               "Resource": "*"}]}
            """);
        alice.getAccountSummary();
        assertTrue(refused("AccessDenied", () -> alice.getAccountPasswordPolicy())
                .getMessage()
                .contains("with an explicit deny in an identity-based policy"));
        alice.attachUserPolicy(
                request -> request.userName("alice").policyArn("arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        refused(
                "AccessDenied",
                () -> alice.attachUserPolicy(
                        request -> request.userName("alice").policyArn(account.administratorAccess())));
        assertEquals(1, alice.listAccessKeys().accessKeyMetadata().size(), "her own, not root's");
    }
}
