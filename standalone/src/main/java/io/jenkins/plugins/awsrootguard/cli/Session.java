package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.EarlierRun;
import io.jenkins.plugins.awsrootguard.assessment.FolderStore;
import io.jenkins.plugins.awsrootguard.assessment.PrivateFiles;
import io.jenkins.plugins.awsrootguard.assessment.RunContext;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.ConnectionSource;
import io.jenkins.plugins.awsrootguard.assessment.RunContext.RunLog;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CredentialsChain;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.evidence.Checksums;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.report.AccountRow;
import io.jenkins.plugins.awsrootguard.report.FrontEnd;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import io.jenkins.plugins.awsrootguard.report.RunReport;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What one command gives the phases: a folder for its files, one connection to AWS, and a log. */
final class Session implements ConnectionSource, RunLog, AutoCloseable {

    final Scope scope;
    final RunSettings settings;
    final RunContext context;
    final Console console;
    private final RunOptions options;
    private final RoleChain roles;
    private final FolderStore store;
    private final FileChannel folder;
    private FileChannel account;
    private AccountConnection connection;
    private PasswordConfirmation stated;
    private boolean published;

    Session(Console console, RunOptions options, Scope scope, RunSettings settings) {
        this.roles = options.roles();
        this.console = console;
        this.options = options;
        this.scope = scope;
        this.settings = settings;
        this.folder = lock(options.out, !scope.isOrganization());
        this.store = new FolderStore(() -> options.out);
        this.context = new RunContext(store, this, "command line, " + user(), this, () -> false, this::statement);
    }

    static String user() {
        return Printable.text(System.getProperty("user.name", "unknown"), 60);
    }

    /** Records a statement on the root password of the account of this session. */
    void state(PasswordConfirmation confirmation) {
        stated = confirmation;
    }

    private PasswordConfirmation statement(String accountId) {
        if (stated != null && stated.accountId().equals(accountId)) {
            return stated;
        }
        return store.state(accountId)
                .map(AccountState::facts)
                .map(f -> f.passwordConfirmation())
                .orElse(null);
    }

    @Override
    public AccountConnection open(Scope phase) {
        if (connection == null) {
            Timeouts timeouts = scope.isOrganization() ? Timeouts.MANY : Timeouts.DEFAULT;
            AwsAccess access = AwsAccess.open(
                    CredentialsChain.open(),
                    new AwsAccess.Settings(roles, "aws-root-guard-" + user(), options.region, null, timeouts));
            try {
                connection = AccountConnection.open(access, scope.accountId(), CredentialsChain.source());
            } catch (RuntimeException e) {
                access.close();
                throw e instanceof AwsAccessException refused
                        ? EarlierRun.named(
                                refused, Stream.of(new EarlierRun("an earlier run in " + options.out, store)))
                        : e;
            }
            if (!scope.isOrganization()) {
                account = lock(options.out.resolve(connection.accountId()), false);
            }
        }
        return connection;
    }

    @Override
    public String principal() {
        return connection == null ? "" : ", as " + connection.caller().arn();
    }

    @Override
    public void release(AccountConnection shared) {
        // The phases of a command share one connection, which is closed with the session.
    }

    /** The id of the account, when the session is for one account. */
    String accountId() {
        return open(scope).accountId();
    }

    /** The state of the account, when the session is for one account. */
    AccountState state() {
        return store.state(accountId()).orElseThrow();
    }

    /** The plan of an account of the organization, in one line. */
    String plan(String accountId) {
        return PlanSentences.plan(
                accountId, store.state(accountId).orElseThrow().plan(), FrontEnd.COMMAND_LINE);
    }

    /** The accounts of the run. */
    List<AccountEntry> accounts() {
        return scope.isOrganization()
                ? store.accounts()
                : store.account(accountId()).stream().toList();
    }

    @Override
    public void line(String text) {
        console.line(text);
    }

    @Override
    public void read(AccountState state) {
        publish(state.accountId());
        if (scope.isOrganization() && options.verbose) {
            AccountRow row = AccountRow.of(AccountEntry.of(state));
            line(Console.label(row.verdict()) + " " + row.name() + ": " + row.worst() + " ("
                    + Sentences.counted(state.reading().calls(), "call") + ")");
        }
    }

    @Override
    public void changed(AccountEntry changed, List<ChangeRecord> records) {
        if (!scope.isOrganization()) {
            return;
        }
        // Central root management can be changed before the account is read.
        store.state(changed.id()).filter(s -> s.findings() != null).ifPresent(s -> publish(s.accountId()));
        if (options.verbose) {
            line(changed.displayName() + ": " + PlanSentences.outcome(records));
        }
        records.stream()
                .filter(r -> r.outcome() == ChangeRecord.Outcome.FAILED)
                .forEach(r -> line(changed.displayName() + ": " + r.description() + ": failed, " + r.detail()));
    }

    /** Writes the report files of an account; returns their folder. */
    Path publish(String accountId) {
        Path dir = options.out.resolve(accountId);
        try {
            ReportFile.writeAll(store, RunReport.of(store, accountId, false).orElseThrow(), options.formats(), dir, false);
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the files in " + dir + ": " + e.getMessage(), e);
        }
    }

    /** Writes the report files of an organization, beside the folders of its accounts. */
    void publish(RunReport organization) throws IOException {
        published = true;
        ReportFile.writeAll(store, organization, options.formats(), options.out, true);
    }

    /** Ends the session. Writes the checksums of every folder that it wrote to. */
    @Override
    public void close() throws IOException {
        try (FileChannel all = folder;
                FileChannel one = account;
                AccountConnection aws = connection) {
            for (String subject : store.touched()) {
                if (Files.isDirectory(options.out.resolve(subject))) {
                    Checksums.write(options.out.resolve(subject));
                }
            }
            if (published) {
                Checksums.write(options.out);
            }
        }
    }

    /**
     * Locks a folder against a second run. The operating system removes the lock with the process; the empty file {@code .lock}
     * stays.
     *
     * @param dir is created if it does not exist
     * @param shared whether other runs can share the folder, each with a folder of its own in it
     * @return holds the lock until it is closed
     * @throws InvalidInputException when another run has locked the folder
     */
    private static FileChannel lock(Path dir, boolean shared) {
        try {
            PrivateFiles.create(dir);
            FileChannel channel = FileChannel.open(
                    dir.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // Another run in this process has locked it.
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new InvalidInputException(
                "Another run uses the folder " + dir + ". Wait until it has ended, or use another folder with --out.");
    }
}
