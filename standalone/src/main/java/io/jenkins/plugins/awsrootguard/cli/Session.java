package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.ConnectionSource;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.RunContext;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What one command works with: its folder, its one connection to AWS and its console. */
final class Session implements ConnectionSource, AutoCloseable {

    private final Path out;
    private final String region;
    private final Publisher publisher;
    private final RunContext context;
    private final FolderLock folder;
    private FolderLock account;
    private AccountConnection connection;
    private PasswordConfirmation stated;

    Session(Console console, Path out, String region, Scope scope, boolean verbose) throws IOException {
        this.out = out;
        this.region = region;
        this.folder = scope.isOrganization() ? FolderLock.alone(out) : FolderLock.shared(out);
        FolderStore store = new FolderStore(() -> out);
        this.publisher = new Publisher(console, store, out, scope, verbose);
        this.context = new RunContext(store, this, LocalUser.caller(), publisher, () -> false, this::statement);
    }

    RunContext context() {
        return context;
    }

    Publisher publisher() {
        return publisher;
    }

    /** From here on the statement counts for the account that is read. */
    void state(PasswordConfirmation confirmation) {
        stated = confirmation;
    }

    private PasswordConfirmation statement(String accountId) {
        if (stated != null && stated.accountId().equals(accountId)) {
            return stated;
        }
        return context.store()
                .state(accountId)
                .map(AccountState::facts)
                .map(f -> f.passwordConfirmation())
                .orElse(null);
    }

    @Override
    public AccountConnection open(Scope scope) {
        if (connection == null) {
            Timeouts timeouts = scope.isOrganization() ? Timeouts.MANY : Timeouts.DEFAULT;
            AwsAccess access = AwsAccess.open(CredentialsChain.open(), region, null, timeouts);
            try {
                connection = AccountConnection.open(access, scope.accountId());
            } catch (RuntimeException e) {
                access.close();
                throw e;
            }
            if (!scope.isOrganization()) {
                lock(connection.accountId());
            }
        }
        return connection;
    }

    private void lock(String accountId) {
        try {
            account = FolderLock.alone(out.resolve(accountId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String principal() {
        return connection == null ? "" : ", as " + connection.caller().arn();
    }

    /** The phases of a command share one connection. */
    @Override
    public void release(AccountConnection shared) {
        // Closed with the session.
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        publisher.seal();
        if (account != null) {
            account.close();
        }
        folder.close();
    }
}
