package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the phases get from their caller.
 *
 * @param by the build or the user of the command line, for the evidence
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

    /**
     * Runs a phase with a connection. Records the calls of the current thread as evidence, also when the phase fails.
     *
     * @param subject the account or organization of the evidence; while it has no value, the account of the connection
     */
    <R> R connected(Scope scope, AtomicReference<String> subject, Function<AccountConnection, R> phase) {
        List<Call> calls = new ArrayList<>();
        try (CallLog.Scope ignored = CallLog.record(calls::add)) {
            AccountConnection caller = connections.open(scope);
            try {
                subject.compareAndSet(null, caller.accountId());
                if (!scope.isOrganization()) {
                    evidence().calls(subject.get(), calls);
                    calls.clear();
                }
                R result = phase.apply(caller);
                caller.checkPrincipal();
                return result;
            } finally {
                connections.release(caller);
            }
        } finally {
            if (subject.get() != null) {
                evidence().calls(subject.get(), calls);
            }
        }
    }

    EvidenceLog evidence() {
        return new EvidenceLog(store, by + connections.principal());
    }
}
