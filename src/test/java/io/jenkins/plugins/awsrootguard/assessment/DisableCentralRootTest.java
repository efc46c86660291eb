package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run that ends root sessions deletes nothing in the member accounts that rely on them. */
class DisableCentralRootTest extends OrganizationFixture {

    /** One id is before that of the management account, and one after it. */
    @ParameterizedTest
    @ValueSource(longs = {22222222222L, 222222222222L})
    void keepsRootKeysOfMembers(long id) {
        EmulatedAccount member = memberWithKey(id);
        RunSettings disabling = SETTINGS.withParallelism(1)
                .withRemediation(EngineFixture.requesting(RequestedChanges.parse("DISABLE", List.of(), List.of())));
        run(AccountFilter.ALL, disabling);
        assertEquals(List.of(), folders.state(member.id()).orElseThrow().plan().changes());

        new SecurePhase(contextOf(admin))
                .run(Scope.organization(AccountFilter.ALL), disabling, ApprovalSource.given("alice"), false);

        assertFalse(organization.isRootSessionsEnabled());
        assertEquals(1, member.root().accessKeys().size());
    }

    @Test
    void refusesToDeletePoliciesInTheSameRun() {
        InvalidInputException e = assertThrows(
                InvalidInputException.class,
                () -> RequestedChanges.parse("DISABLE", List.of(), List.of("222222222222:logs")));
        assertEquals("centralRootManagement", e.field());
    }
}
