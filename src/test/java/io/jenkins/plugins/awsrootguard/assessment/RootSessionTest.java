package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member account through a privileged root session. */
class RootSessionTest extends EngineFixture {

    private EmulatedAccount management;
    private EmulatedAccount member;
    private EmulatedOrganization organization;
    private AccessKeyPair admin;

    @BeforeEach
    void makeOrganization() {
        management = aws.createAccount("111111111111");
        member = Presets.unsecured(aws, "222222222222");
        organization = aws.createOrganization(management)
                .addMember(member)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        admin = management.userKey("security");
    }

    private String refused(AccessKeyPair key, String accountId) {
        String message = assertThrows(AwsAccessException.class, () -> connect(key, accountId))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void rootsCredentialsAreSeenAndTheRestSaysWhyItIsNot() {
        member.root().enableVirtualMfa("phone").enablePasskey();
        try (AccountConnection c = connect(admin, member.id())) {
            assertEquals(AccessMethod.ROOT_SESSION, c.accessMethod());
            AccountFacts facts = assess(c).facts();
            assertEquals(member.id(), facts.accountId());
            assertEquals(1, facts.accessKeys().get().size());
            assertEquals(1, facts.certificates().get().size());
            assertEquals(2, facts.mfaDevices().get().devices().size());
            assertTrue(facts.mfaDevices().get().anyVirtual());
            assertTrue(facts.summary().isKnown());
            assertTrue(facts.organization().get().sessions());
            assertFalse(facts.report().isKnown());
            assertTrue(facts.report().unread().kind() == Unread.Kind.NEEDS_MEMBER_ROLE);
            assertFalse(facts.passwordPolicy().isKnown());
            assertFalse(facts.administrators().isKnown());
        }
    }

    @Test
    void oneSessionATaskIsOpenedAndUsedAgain() {
        try (AccountConnection c = connect(admin, member.id())) {
            assess(c);
            assess(c);
        }
        assertEquals(
                1,
                aws.calls().stream()
                        .filter(k -> k.action().equals("AssumeRoot"))
                        .count());
    }

    @Test
    void sessionsNotEnabledSayWhatToEnable() {
        organization.enableRootSessions(false);
        String message = refused(admin, member.id());
        assertTrue(message.contains("sts:AssumeRoot") && message.contains("enable privileged root actions"), message);
    }

    @Test
    void theManagementAccountsOwnRootKeyCannotOpenASession() {
        String message = refused(management.rootKey(), member.id());
        assertTrue(message.contains("A root user can't open root sessions"), message);
    }

    @Test
    void aForeignAccountIsRefused() {
        EmulatedAccount stranger = Presets.unsecured(aws, "333333333333");
        String message = refused(admin, stranger.id());
        assertTrue(message.contains("AWS denied sts:AssumeRoot on account 333333333333"), message);
    }

    @Test
    void aMembersOwnPrincipalCannotReadTheOrganization() {
        member.createUser("/", "reader");
        member.attachAdministratorAccess("reader");
        try (AccountConnection c = connect(member.userKey("reader"))) {
            AccountFacts facts = assess(c).facts();
            assertFalse(facts.organization().isKnown());
            assertTrue(
                    facts.organization().unread().sentence().contains("management account"),
                    facts.organization().unread().sentence());
        }
    }
}
