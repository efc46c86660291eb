package io.jenkins.plugins.awsrootguard.injenkins;

import io.jenkins.plugins.awsrootguard.emulator.EmbeddedAws;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedOrganization;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * An organization of three accounts in an embedded AWS that Jenkins uses instead of AWS: the management account, a member
 * whose root has a key, and one whose root has nothing. The credential "org" is of an administrator of the management account.
 */
final class OrganizationAws implements AutoCloseable {

    private static final String ENDPOINT = "aws.endpointUrl";

    static final String MANAGEMENT = "100000000000";
    static final String WITH_KEY = "200000000001";
    static final String CLEAN = "200000000002";

    final EmbeddedAws aws = EmbeddedAws.start();
    final EmulatedAccount management = Presets.secured(aws, MANAGEMENT).name("management");
    final EmulatedOrganization organization;
    final EmulatedAccount withKey = aws.createAccount(WITH_KEY).name("shop");
    final EmulatedAccount clean = aws.createAccount(CLEAN).name("lab");

    OrganizationAws() {
        System.setProperty(ENDPOINT, aws.endpoint().toString());
        management.reportDelay(0).reportCacheHours(0);
        management.createUser("/", "security");
        management.attachAdministratorAccess("security");
        organization = aws.createOrganization(management)
                .enableRootCredentialsManagement(true)
                .enableRootSessions(true);
        withKey.root().passwordPresent(false);
        withKey.root().addAccessKey(true, Instant.parse("2019-03-01T10:00:00Z"), null);
        clean.root().passwordPresent(false);
        organization.addMember(withKey);
        organization.addMember(clean);
    }

    /** Where Jenkins runs already. */
    OrganizationAws storeCredentials() throws IOException {
        JenkinsAws.credential("org", management.userKey("security"));
        return this;
    }

    /** A member more, whose root has nothing. */
    EmulatedAccount member(long number) {
        EmulatedAccount account = aws.createAccount(String.format("%012d", number));
        account.root().passwordPresent(false);
        organization.addMember(account);
        return account;
    }

    /** A key of the member's root that was used three weeks ago; gives its id. */
    String recentlyUsedKey(EmulatedAccount account) {
        return account.root()
                .addAccessKey(
                        true,
                        Instant.parse("2019-03-01T10:00:00Z"),
                        Instant.now().minus(Duration.ofDays(21)))
                .accessKeyId();
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        aws.close();
    }
}
