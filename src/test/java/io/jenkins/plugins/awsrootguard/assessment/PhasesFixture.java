package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.assessment.RunContext.ConnectionSource;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.RunLog;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedAccount;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The phases with a store in a folder. */
abstract class PhasesFixture extends OrganizationFixture {

    static final Scope ALL = Scope.organization(AccountFilter.ALL);
    static final RunSettings QUICKLY = RunSettings.DEFAULT.withAccount(QUICK);

    @TempDir
    Path dir;

    final AtomicInteger open = new AtomicInteger();
    Consumer<AccountState> onRead = state -> {};
    FolderStore store;

    @BeforeEach
    void openStore() {
        store = new FolderStore(() -> dir);
    }

    RunContext context(AccountStore into) {
        return new RunContext(into, new Connections(), "job x #3", new Log(), () -> false, id -> null);
    }

    RunContext context() {
        return context(store);
    }

    final class Connections implements ConnectionSource {
        @Override
        public AccountConnection open(Scope scope) {
            open.incrementAndGet();
            return AccountConnection.open(access(admin, Timeouts.MANY), scope.accountId(), null);
        }

        @Override
        public void release(AccountConnection connection) {
            open.decrementAndGet();
            connection.close();
        }
    }

    final class Log implements RunLog {
        @Override
        public void line(String text) {
            log.add(text);
        }

        @Override
        public void read(AccountState account) {
            onRead.accept(account);
        }
    }

    AccountState state(EmulatedAccount account) {
        return store.state(account.id()).orElseThrow();
    }

    RunHeader assess() {
        return new AssessmentPhase(context()).run(ALL, QUICKLY);
    }

    static List<Outcome> outcomes(AccountState state) {
        return state.changes().stream().map(ChangeRecord::outcome).toList();
    }
}
