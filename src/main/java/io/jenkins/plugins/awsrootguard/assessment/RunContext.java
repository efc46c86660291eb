package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
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

    /** Opens connections to AWS with the credentials of the caller. */
    @FunctionalInterface
    public interface ConnectionSource {

        /**
         * For one account, a connection to it. For an organization, a connection to the account of the credentials.
         *
         * @throws io.jenkins.plugins.awsrootguard.aws.AwsAccessException when AWS refuses the credentials or the root session
         */
        AccountConnection open(Scope scope);

        /** The principal of the connection, to follow the caller's name in the evidence; empty when that names it already. */
        default String principal() {
            return "";
        }

        /** Releases a connection after a phase. */
        default void release(AccountConnection connection) {
            connection.close();
        }
    }

    /**
     * Where a run writes what it does: one line for each event, without secrets or whole key ids. The account events come from
     * many threads at once.
     */
    @FunctionalInterface
    public interface RunLog {

        void line(String text);

        /** An account was read, or could not be; this is what was stored. */
        default void read(AccountState account) {}

        /** The plan of an account was carried out. */
        default void changed(AccountEntry account, List<ChangeRecord> records) {}
    }

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
