package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import java.util.List;

/** What a build makes of an account's state besides the phases. */
final class StateChanges {

    private StateChanges() {}

    /** Without the entries of an earlier dry run, which a later run takes the place of. What was really tried stays. */
    static AccountState withoutDryRun(AccountState state) {
        List<ChangeRecord> real = state.changes().stream()
                .filter(c -> c.outcome() != ChangeRecord.Outcome.WOULD_DO)
                .toList();
        return new AccountState(
                state.accountId(),
                state.facts(),
                state.assessedAt(),
                state.findings(),
                state.plan(),
                state.plannedAt(),
                state.approval(),
                real,
                state.securedAt(),
                state.validation(),
                state.validatedAt());
    }

    /** Root's key that signed the calls when the facts were read; null when it was no key of root's. */
    static String signingKey(AccountFacts facts) {
        return facts.accessKeys().asOptional().orElse(List.of()).stream()
                .filter(RootAccessKey::signsCalls)
                .map(RootAccessKey::id)
                .findFirst()
                .orElse(null);
    }

    /** Whether the plan, as it stands, takes away the credentials that the build works with. */
    static boolean deletesSigningKey(RemediationPlan plan, AccountFacts facts) {
        String key = signingKey(facts);
        return key != null && plan.changes().stream().anyMatch(c -> c.target().equals(key) && !c.isBlocked());
    }
}
