package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the phases get from their caller.
 *
 * @param by who runs them, for the evidence: a build, or a person at the command line
 * @param stopped whether the run is to end. Interrupting the thread that runs a phase ends it, too
 * @param statements the last statement on the root password of an account, by account id; null for none
 */
public record RunContext(
        AccountStore store,
        ConnectionSource connections,
        String by,
        RunLog log,
        BooleanSupplier stopped,
        Function<String, PasswordConfirmation> statements) {

    /** Puts calls on record for an account or an organization. */
    public void record(String subject, List<CallRecord> calls) {
        evidence().calls(subject, calls);
    }

    EvidenceLog evidence() {
        return new EvidenceLog(store, by + connections.principal());
    }
}
