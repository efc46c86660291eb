package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.Confirmation;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import io.jenkins.plugins.awsrootguard.report.ManualTasks;
import io.jenkins.plugins.awsrootguard.report.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The options of every command. Their descriptions are in {@code Help.properties}. */
final class RunOptions {

    @Option(names = "--account", paramLabel = "ID")
    String account;

    @Option(names = "--region", paramLabel = "REGION")
    String region;

    @Option(names = "--role-arn", paramLabel = "ARN")
    private String roleArn;

    @Option(names = "--external-id", paramLabel = "ID")
    private String externalId;

    @Option(names = "--session-duration", paramLabel = "SECONDS", defaultValue = "0")
    private int sessionDuration;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "root-guard")
    Path out;

    @Option(names = "--fail-on", paramLabel = "SEVERITY", defaultValue = "HIGH")
    private String failOn;

    @Option(names = "--unread-accounts", paramLabel = "EFFECT", defaultValue = "FAIL")
    private UnknownPolicy unreadAccounts;

    @Option(names = "--organization")
    private boolean organization;

    @Option(names = "--parallelism", paramLabel = "N")
    private Integer parallelism;

    @Option(names = "--accounts", paramLabel = "ID", split = ",")
    private List<String> accounts = List.of();

    @Option(names = "--organizational-units", paramLabel = "ID", split = ",")
    private List<String> organizationalUnits = List.of();

    @Option(names = "--exclude", paramLabel = "ID", split = ",")
    private List<String> exclude = List.of();

    @Option(names = "--member-role", paramLabel = "NAME")
    String memberRole;

    @Option(names = "--format", paramLabel = "FORMAT", split = ",")
    private List<String> formats = List.of();

    @Option(names = "--policy", paramLabel = "FILE")
    private Path policy;

    @Option(names = "--verbose")
    boolean verbose;

    QualityGate gate() {
        return new QualityGate(Severity.parse("--fail-on", failOn), null, UnknownPolicy.FAIL, unreadAccounts, false);
    }

    RunSettings apply(RunSettings settings) {
        return settings.withParallelism(parallelism == null ? settings.parallelism() : parallelism)
                .withMemberRole(memberRole)
                .withPolicy(policy());
    }

    RoleChain roles() {
        return RoleChain.parse(roleArn, externalId, sessionDuration);
    }

    Set<ReportFile> formats() {
        return ReportFile.formats("--format", formats);
    }

    private Policy policy() {
        if (policy == null) {
            return Policy.DEFAULT;
        }
        try {
            return PolicyLoader.load(new PolicyLoader.Text(policy.toString(), Files.readString(policy)));
        } catch (IOException e) {
            throw new InvalidInputException("--policy", policy + " could not be read. Enter a readable file in UTF-8.");
        }
    }

    /**
     * The accounts of the run.
     *
     * @param requested the accounts that changes are requested of; a single one is the account of the run by default
     * @throws InvalidInputException when an id is malformed, or the options exclude each other
     */
    Scope scope(Set<String> requested) {
        String only = account == null && !organization && requested.size() == 1
                ? requested.iterator().next()
                : account;
        boolean narrowed = parallelism != null
                || verbose
                || !accounts.isEmpty()
                || !organizationalUnits.isEmpty()
                || !exclude.isEmpty();
        reject(
                !organization && narrowed,
                "--parallelism, --accounts, --organizational-units, --exclude and --verbose can only be used with"
                        + " --organization.");
        reject(
                !organization && memberRole != null && only == null,
                "--member-role needs --organization, or --account with the id of a member account.");
        reject(organization && only != null, "--account cannot be used with --organization. Use --accounts.");
        return organization
                ? Scope.organization(AccountFilter.parse(accounts, organizationalUnits, exclude))
                : Scope.account(only);
    }

    /** @throws InvalidInputException when options cannot be used together, or a value cannot be used */
    static void reject(boolean isWrong, String message) {
        if (isWrong) {
            throw new InvalidInputException(message);
        }
    }

    /** What decides which changes a plan has. */
    static final class Changes {

        @Option(names = "--delete-key", paramLabel = "KEY")
        private Set<String> deleteKeys = new TreeSet<>();

        @Option(names = "--admin-user", paramLabel = "NAME")
        private String adminUser = RemediationSettings.DEFAULT.adminUserName();

        @Option(names = "--admin-group", paramLabel = "NAME")
        private String adminGroup = RemediationSettings.DEFAULT.adminGroupName();

        @Option(names = "--remove-root-password")
        private boolean removeRootPassword;

        @Option(names = "--central-root-management", paramLabel = "ENABLE|DISABLE")
        private String centralRootManagement;

        @Option(names = "--allow-password-recovery", paramLabel = "ACCOUNT_ID", split = ",")
        private Set<String> allowPasswordRecovery = new TreeSet<>();

        @Option(names = "--unlock-policy", paramLabel = "RESOURCE", split = ",")
        private Set<String> unlockPolicies = new TreeSet<>();

        RunSettings settings() {
            return RunSettings.DEFAULT.withRemediation(new RemediationSettings(
                    adminUser,
                    adminGroup.isBlank() ? null : adminGroup,
                    RemediationSettings.DEFAULT.tags(),
                    deleteKeys,
                    removeRootPassword,
                    RequestedChanges.parse(centralRootManagement, allowPasswordRecovery, unlockPolicies),
                    null));
        }
    }

    /** The statement of a user that the root password was changed. No AWS call can read the password. */
    static final class Statement {

        @Option(names = "--root-password-changed-by", paramLabel = "NAME")
        private String by;

        void check(Scope scope) {
            reject(
                    by != null && by.isBlank(),
                    "--root-password-changed-by is empty. Enter the name of the person who changed the password.");
            reject(
                    by != null && scope.isOrganization(),
                    "--root-password-changed-by is for one account and cannot be used with --organization.");
        }

        /** Records the statement, when there is one. */
        void record(Session session) {
            if (by != null) {
                String name = Printable.text(by.strip(), 100);
                PasswordConfirmation stated = Confirmation.recordPassword(session.context, session.scope, name);
                session.state(stated);
                session.line(name + " states that the root password was changed. " + stated.corroboration());
            }
        }
    }

    /** How long to wait for manual tasks. */
    static final class Wait {

        private static final Duration SHORTEST = Duration.ofSeconds(10);

        @Option(names = "--wait", paramLabel = "MINUTES")
        private int minutes;

        void check(Scope scope) {
            reject(
                    scope.isOrganization() && minutes != 0,
                    "--wait is for one account and cannot be used with --organization.");
            reject(minutes < 0 || minutes > 1440, "--wait is " + minutes + ". Enter 0 to 1440 minutes.");
        }

        /** Checks AWS from time to time until an open task of the account is completed, or the time is over. */
        void forTask(Session session, PendingTask.What what) throws InterruptedException {
            if (minutes > 0) {
                for (PendingTask task : ManualTasks.open(session.state())) {
                    if (task.what() == what) {
                        until(session, task);
                    }
                }
            }
        }

        private void until(Session session, PendingTask task) throws InterruptedException {
            session.line("Checking AWS for up to " + minutes + " min: " + task.title());
            String last = null;
            // A check takes time too, and most of it when AWS does not answer.
            Instant deadline = Instant.now().plus(Duration.ofMinutes(minutes));
            Duration waited = Duration.ZERO;
            while (true) {
                Instant began = Instant.now();
                String found;
                try {
                    Confirmation.Check check =
                            Confirmation.check(session.open(session.scope), task.what(), session.settings);
                    if (check.passed()) {
                        session.line("Completed: " + check.found());
                        return;
                    }
                    found = check.found();
                } catch (AwsAccessException e) {
                    found = "Could not check: " + e.getMessage();
                }
                if (!found.equals(last)) {
                    session.line("Not completed: " + found);
                    last = found;
                }
                if (waited.toMinutes() >= minutes || Instant.now().isAfter(deadline)) {
                    session.line("Not completed in " + minutes + " min. The task stays open");
                    return;
                }
                Duration pause = Confirmation.pauseAfter(Duration.between(began, Instant.now()), SHORTEST);
                session.console.pause().sleep(pause);
                waited = waited.plus(pause);
            }
        }
    }
}
