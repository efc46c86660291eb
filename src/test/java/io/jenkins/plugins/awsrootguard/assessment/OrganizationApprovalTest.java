package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is approved, or named, for one account counts for no other. */
class OrganizationApprovalTest extends OrganizationRemediationFixture {

    @Test
    void whatIsApprovedForOneAccountIsApprovedForNoOther() {
        EmulatedAccount a = memberWithKey(222222222222L);
        EmulatedAccount b = memberWithKey(333333333333L);
        List<RemediationPlan> plans = plans(SETTINGS);
        Set<String> all = Set.of(
                plans.get(0).changes().get(0).id(),
                plans.get(1).changes().get(0).id());

        Approval ofA = new Approval("alice", Instant.now(), all, Set.of());
        apply(SETTINGS, (state, settings) -> state.accountId().equals(a.id()) ? ofA : null);

        assertTrue(a.root().accessKeys().isEmpty());
        assertEquals(1, b.root().accessKeys().size(), "its id stood in the other account's approval only");
        assertEquals(List.of(Outcome.SKIPPED), outcomes(b));
        assertNull(
                calls(b).stream().filter(c -> c.startsWith("Delete")).findAny().orElse(null));
    }

    @Test
    void aShortenedKeyNamedForOneAccountIsNamedForNoOther() {
        Instant now = Instant.now();
        EmulatedAccount a = member(222222222222L);
        EmulatedAccount b = member(333333333333L);
        String keyA = a.root().addAccessKey(true, now, now).accessKeyId();
        String keyB = b.root().addAccessKey(true, now, now).accessKeyId();
        RunSettings named = SETTINGS.withRemediation(RemediationSettings.DEFAULT.withDeleteKeys(
                Set.of(a.id() + ":" + Printable.keyId(keyA), a.id() + ":" + Printable.keyId(keyB))));
        plans(named);

        apply(named, ALL_APPROVED);

        assertTrue(a.root().accessKeys().isEmpty());
        assertEquals(1, b.root().accessKeys().size());
        assertThrows(
                InvalidInputException.class,
                () -> apply(
                        SETTINGS.withRemediation(
                                RemediationSettings.DEFAULT.withDeleteKeys(Set.of(Printable.keyId(keyB)))),
                        ALL_APPROVED));
    }
}
