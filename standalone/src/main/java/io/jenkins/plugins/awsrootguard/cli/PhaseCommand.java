package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.Assessment;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentResult;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.Gaps;
import io.jenkins.plugins.awsrootguard.assessment.GapsResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.report.Readings;
import io.jenkins.plugins.awsrootguard.report.Sentences;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** What all commands have in common: open the account, do the phase, write the files, sum up. */
abstract class PhaseCommand implements Callable<Integer> {

    static final Thresholds THRESHOLDS = Thresholds.DEFAULT;
    static final AssessmentSettings ASSESSMENT = AssessmentSettings.DEFAULT;

    final Console console;
    final Print print;

    @Mixin
    private CommonOptions options;

    PhaseCommand(Console console) {
        this.console = console;
        this.print = new Print(console);
    }

    /** Options that are wrong are found before AWS is called. */
    abstract void check();

    /**
     * Does the phase and publishes its files.
     *
     * @param earlier what an earlier run saved; null when there is nothing
     * @param failOn the threshold
     * @return the {@link ExitCode}
     */
    abstract int run(AccountConnection connection, AccountFolder folder, AccountState earlier, Severity failOn)
            throws IOException, InterruptedException;

    /** The options for a whole organization; null when the command is for one account only. */
    OrganizationOptions organization() {
        return null;
    }

    /** How each account of an organization is read. */
    OrganizationSettings organizationSettings() {
        return OrganizationSettings.DEFAULT;
    }

    /** Does the phase for a whole organization. */
    int runAll(
            OrganizationRun run, AccountConnection connection, AccountFilter filter, OrganizationSettings settings)
            throws IOException {
        return run.read(connection, filter, settings);
    }

    /** The account that is meant; null for the one that the credentials belong to. */
    String account() {
        return options.account;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Severity failOn = options.failOn();
        check();
        OrganizationOptions many = organization();
        AccountFilter filter = many == null ? null : many.filter(account());
        if (many != null && many.isWanted()) {
            OrganizationSettings settings = many.apply(organizationSettings());
            settings.remediation().checkForManyAccounts();
            try (FolderLock ignored = FolderLock.alone(options.out);
                    Calls calls = new Calls()) {
                OrganizationRun run = new OrganizationRun(
                        console, options.out, failOn, many.isVerbose(), settings.memberRole() != null, calls);
                try (AccountConnection connection = open(Timeouts.MANY)) {
                    return runAll(run, connection, filter, settings, calls);
                }
            }
        }
        try (FolderLock ignored = FolderLock.shared(options.out);
                Calls calls = new Calls()) {
            return runOne(failOn, calls);
        }
    }

    private int runAll(
            OrganizationRun run,
            AccountConnection connection,
            AccountFilter filter,
            OrganizationSettings settings,
            Calls calls)
            throws IOException {
        try {
            return runAll(run, connection, filter, settings);
        } finally {
            if (!calls.isEmpty()) {
                // It did not come to an organization: they are the calling account's.
                run.ownFolder(connection).seal();
            }
        }
    }

    private int runOne(Severity failOn, Calls calls) throws IOException, InterruptedException {
        try (AccountConnection connection = openOne(calls);
                FolderLock ignored = FolderLock.alone(options.out.resolve(connection.accountId()))) {
            AccountFolder folder = new AccountFolder(
                    options.out, connection.accountId(), LocalUser.caller(connection), calls::take);
            try {
                return run(connection, folder, folder.saved(), failOn);
            } finally {
                folder.seal();
            }
        }
    }

    /** A member account that could not be reached has it on record. */
    private AccountConnection openOne(Calls calls) throws IOException {
        try {
            return open(Timeouts.DEFAULT);
        } catch (AwsAccessException e) {
            if (account() != null && !calls.isEmpty()) {
                String accountId = AccountId.parse(account());
                try (FolderLock ignored = FolderLock.alone(options.out.resolve(accountId))) {
                    new AccountFolder(options.out, accountId, LocalUser.caller(null), calls::take).seal();
                }
            }
            throw e;
        }
    }

    private AccountConnection open(Timeouts timeouts) {
        AwsAccess access = AwsAccess.open(credentials(), options.region, null, timeouts);
        try {
            return AccountConnection.open(access, account());
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    /** The SDK lists its whole chain of providers when none has credentials, which tells nobody what to do. */
    private static AwsCredentialsProvider credentials() {
        AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        try {
            chain.resolveCredentials();
        } catch (SdkClientException e) {
            String profile = ProfileFileSystemSetting.AWS_PROFILE
                    .getStringValue()
                    .orElse("default");
            if (String.valueOf(e.getMessage()).contains("no credentials for profile '" + profile)
                    && !profile.equals("default")) {
                throw new AwsAccessException("The AWS profile '" + Printable.text(profile, 60)
                        + "' (AWS_PROFILE) has no credentials: add it to ~/.aws/credentials, or name another one");
            }
            if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials from any of the providers")) {
                throw new AwsAccessException("No AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY");
            }
            throw new AwsAccessException("The AWS credentials can't be used: " + Printable.text(e.getMessage(), 300));
        }
        return chain;
    }

    /** Phases 1 and 2. Changes of earlier runs stay in the state; their proof does not, since it is about other facts. */
    final AccountState read(
            AccountConnection connection,
            AccountFolder folder,
            AccountState earlier,
            PasswordConfirmation confirmation,
            RemediationSettings settings)
            throws IOException {
        AssessmentResult result = Assessment.run(connection, ASSESSMENT, confirmation, console);
        keep(folder, result);
        warnOfUnknownKeys(result.facts(), settings);
        GapsResult gaps = Gaps.judge(result.facts(), THRESHOLDS, settings);
        AccountState state = new AccountState(
                connection.accountId(),
                result.facts(),
                result.facts().readAt(),
                gaps.findings(),
                gaps.plan(),
                gaps.plan().plannedAt(),
                null,
                earlier == null ? List.of() : made(earlier),
                null,
                null,
                null);
        folder.save(state);
        return state;
    }

    /** A key that is named and isn't there is most likely mistyped, and the one that was meant stays. */
    private void warnOfUnknownKeys(AccountFacts facts, RemediationSettings settings) {
        if (!facts.accessKeys().isKnown()) {
            return;
        }
        for (String named : settings.namedKeys()) {
            RemediationSettings alone = settings.withNamedKeys(Set.of(named));
            if (facts.accessKeys().get().stream().noneMatch(k -> alone.names(k.id()))) {
                console.line("Warning: --name-key " + Printable.keyId(named) + " is none of root's access keys");
            }
        }
    }

    /** Without those of a dry run, which never happened. */
    static List<ChangeRecord> made(AccountState earlier) {
        return earlier.changes().stream()
                .filter(c -> c.outcome() != ChangeRecord.Outcome.WOULD_DO)
                .toList();
    }

    /** Saves the credential report of a reading, or gives up when nothing at all could be read. */
    final void keep(AccountFolder folder, AssessmentResult result) throws IOException {
        List<Readings.Reading> readings = Readings.of(result.facts());
        if (readings.stream().allMatch(r -> r.unknown() || r.call().equals(Readings.STATEMENT))) {
            throw new AwsAccessException(
                    "Nothing could be read of account " + result.facts().accountId() + "; first of all: "
                            + readings.get(0).said());
        }
        if (result.credentialReport() != null) {
            folder.saveCredentialReport(result.credentialReport());
        }
    }

    static PasswordConfirmation confirmation(AccountState earlier) {
        return earlier == null || earlier.facts() == null
                ? null
                : earlier.facts().passwordConfirmation();
    }

    /** Writes the files and sums up; gives the exit code that the findings alone ask for. */
    final int finish(AccountFolder folder, AccountState state, Severity failOn) throws IOException {
        folder.publish(state);
        console.heading(Sentences.frontLine(state, Instant.now()));
        console.say(Sentences.verdict(state));
        console.heading("Written: " + folder.dir() + "/report.html with report.css, findings.json, findings.csv, state.json"
                + (hasReport(state.facts()) ? ", credential-report.csv" : "") + ", evidence.jsonl, SHA256SUMS");
        QualityGate.Outcome outcome = new QualityGate(failOn, null, UnknownPolicy.FAIL).judge(state.findings());
        if (outcome.result() == QualityGate.Result.PASSED) {
            return ExitCode.OK;
        }
        console.say("Exit code 1: " + outcome.reason());
        return ExitCode.FINDINGS;
    }

    private static boolean hasReport(AccountFacts facts) {
        return facts.report().isKnown();
    }
}
