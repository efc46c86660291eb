package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AccountReader;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a remediation has to know of the world outside the account.
 *
 * @param central reads, afresh for the run, whether the organization manages root users centrally
 * @param stopped whether no further change is to be begun
 */
public record Surroundings(Supplier<Fact<CentralRootManagement>> central, BooleanSupplier stopped) {

    /** Reads it when it is first asked for, and once. */
    public static Supplier<Fact<CentralRootManagement>> central(AccountConnection connection) {
        return new ReadOnce(new AccountReader(connection));
    }

    /** Thread-safe: who asks while it is being read waits for what is read. */
    private static final class ReadOnce implements Supplier<Fact<CentralRootManagement>> {

        private final AccountReader reader;
        private Fact<CentralRootManagement> read;

        private ReadOnce(AccountReader reader) {
            this.reader = reader;
        }

        @Override
        public synchronized Fact<CentralRootManagement> get() {
            if (read == null) {
                read = reader.centralRootManagement();
            }
            return read;
        }
    }
}
