package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.RootActivityReader;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.emulator.RootUser;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The use of root that CloudTrail reports. */
class RootActivityTest extends EngineFixture {

    private static final String ALIAS = "prod";

    private EmulatedAccount account;
    private RootUser root;

    @BeforeEach
    void createAccount() {
        account = Presets.secured(aws, ID);
        account.createUser("/", "auditor");
        account.attachAdministratorAccess("auditor");
        root = account.root();
    }

    private RootActivity read() {
        try (AccountConnection c = connect(account.userKey("auditor"))) {
            return new RootActivityReader(c).activity(ALIAS).get();
        }
    }

    @Test
    void reportsNoUseWhereRootHasNoEvents() {
        assertEquals(new RootActivity(null, null, null), read());
    }

    @Test
    void reportsRecoveryOfThePasswordByEmailAsUseAndAsPasswordChange() {
        root.recoverPassword();
        assertEquals("PasswordRecoveryCompleted", read().lastUse().name());
        assertEquals("PasswordRecoveryCompleted", read().lastPasswordChange().name());
    }

    @Test
    void doesNotReportThatSomebodyRequestedRecovery() {
        root.requestPasswordRecovery();
        assertNull(read().lastUse());
    }

    @Test
    void reportsASignInOnTheCommandLine() {
        root.awsLogin();
        assertEquals("CreateOAuth2Token", read().lastUse().name());
    }

    @Test
    void reportsTheUseOfAnAccessKeyOfRoot() {
        root.enableVirtualMfa("phone");
        assertEquals("EnableMFADevice", read().lastUse().name());
    }

    @ParameterizedTest
    @CsvSource({
        "userIdentity.type, IAMUser",
        "userIdentity.invokedBy, AWS Internal",
        "userIdentity.sessionContext.assumedRoot, true",
        "eventType, AwsServiceEvent",
        "responseElements.ConsoleLogin, Failure",
        "errorMessage, Failed authentication"
    })
    void doesNotReportEventsOfOthersAndFailedSignIns(String field, String value) {
        root.similarEvent("ConsoleLogin", field, value);
        assertNull(read().lastUse());
    }

    @Test
    void findsRootByTheAliasOfTheAccount() {
        root.similarEvent("ConsoleLogin", "userIdentity.userName", ALIAS);
        assertEquals("ConsoleLogin", read().lastUse().name());
    }

    @Test
    void findsRootAmongThousandsOfSignInsOfOthers() {
        root.consoleLogin().changePassword();
        for (int i = 0; i < 1_500; i++) {
            root.similarEvent("ConsoleLogin", "userIdentity.userName", "bob");
        }
        assertEquals("PasswordUpdated", read().lastPasswordChange().name());
    }

    @Test
    void saysHowFarBackItSearchedWhereRootIsUsedAllTheTime() {
        root.changePassword();
        for (int i = 0; i < 1_001; i++) {
            root.consoleLogin();
        }
        RootActivity activity = read();
        assertEquals("ConsoleLogin", activity.lastUse().name());
        assertNull(activity.lastPasswordChange());
        assertNotNull(activity.searchedFrom());
    }
}
