package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.emulator.AccessKey;
import io.jenkins.plugins.awsrootguard.emulator.AccountPasswordPolicy;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.emulator.Presets;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The key of a root user without a password goes only when an administrator can really get in without it. */
class WayInTest extends EngineFixture {

    private static final String WITHOUT_MFA_NOTHING = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*",
          "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}]}\
        """;

    private EmulatedAccount account;

    @BeforeEach
    void rootHasNothingButItsKey() {
        account = Presets.unsecured(aws, ID);
        account.root().passwordPresent(false);
    }

    private ChangeRecord deletion() {
        RemediationSettings settings =
                naming(account.root().accessKeys().stream().map(AccessKey::id).toArray(String[]::new));
        try (AccountConnection c = connect(account.rootKey())) {
            RemediationPlan plan = gaps(c, settings).plan();
            List<ChangeRecord> records = secure(c, plan, settings, approve(plan));
            return records.stream()
                    .filter(r -> r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anAdministratorWhoMayDoNothingWithoutMfaAndHasNoneIsNoWayIn() {
        account.attachAdministratorAccess("alice").allow("alice", WITHOUT_MFA_NOTHING);
        ChangeRecord deletion = deletion();
        assertEquals(Outcome.SKIPPED, deletion.outcome(), deletion.detail());
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void anAdministratorWhoMayDoNothingWithoutMfaAndHasItIsOne() {
        account.attachAdministratorAccess("alice").allow("alice", WITHOUT_MFA_NOTHING);
        account.user("alice").enableVirtualMfa("alice-phone");
        ChangeRecord deletion = deletion();
        assertEquals(Outcome.DONE, deletion.outcome(), deletion.detail());
    }

    @Test
    void aPasswordThatMayHaveExpiredForGoodIsNoWayIn() {
        account.attachAdministratorAccess("alice");
        account.passwordPolicy(new AccountPasswordPolicy(14, true, true, true, true, true, 30, 24, true));
        ChangeRecord deletion = deletion();
        assertEquals(Outcome.SKIPPED, deletion.outcome(), deletion.detail());
        assertTrue(deletion.detail().contains("no console password that is certain to work"), deletion.detail());
        assertEquals(1, account.root().accessKeys().size());
    }

    @Test
    void aPasswordThatIsYoungerThanTheHardExpiryIsOne() {
        account.attachAdministratorAccess("alice");
        account.user("alice").password(Instant.now().minus(Duration.ofDays(2)), null);
        account.passwordPolicy(new AccountPasswordPolicy(14, true, true, true, true, true, 30, 24, true));
        assertEquals(Outcome.DONE, deletion().outcome());
    }

    @Test
    void aPasswordThatHasExpiredAndCanBeChangedAtTheNextSignInIsOne() {
        account.attachAdministratorAccess("alice");
        account.passwordPolicy(new AccountPasswordPolicy(14, true, true, true, true, true, 30, 24, null));
        assertEquals(Outcome.DONE, deletion().outcome());
    }
}
