package io.jenkins.plugins.awsrootguard.cli;

import java.nio.file.Files;
import java.io.IOException;
import io.jenkins.plugins.awsrootguard.policy.PolicyLoader;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command. */
final class RunOptions {

    private static final int DEFAULT_PARALLELISM = 20;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Account id of a member account, reached through a privileged root session. Default: the account of"
                    + " the credentials.")
    String account;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of the STS endpoint. Default: that of the environment or profile, else us-east-1.")
    String region;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "root-guard",
            description = "Where files are written, in a folder for each account id. Default: ${DEFAULT-VALUE}.")
    Path out;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "HIGH",
            description = "Exit code 1 for findings of this severity or worse: CRITICAL, HIGH, MEDIUM, LOW. What could not be"
                    + " read counts as failed. Default: ${DEFAULT-VALUE}.")
    private String failOn;

    @Option(
            names = "--unread-accounts",
            paramLabel = "EFFECT",
            defaultValue = "FAIL",
            description = "Effect of an account of an organization that could not be read: FAIL, UNSTABLE or IGNORE. FAIL and"
                    + " UNSTABLE end with exit code 1. Default: ${DEFAULT-VALUE}.")
    private UnknownPolicy unreadAccounts;

    @Option(
            names = "--organization",
            description = "All accounts of the organization, the members through root sessions. Needs credentials of the"
                    + " management account or a delegated administrator.")
    private boolean organization;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "With --organization: how many accounts are read at once. Default: " + DEFAULT_PARALLELISM + ".")
    private Integer parallelism;

    @Option(
            names = "--accounts",
            paramLabel = "ID",
            split = ",",
            description = "With --organization: only these accounts.")
    private List<String> accounts = List.of();

    @Option(
            names = "--organizational-units",
            paramLabel = "ID",
            split = ",",
            description = "With --organization: only accounts in or below these organizational units.")
    private List<String> organizationalUnits = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "ID",
            split = ",",
            description = "With --organization: all but these accounts.")
    private List<String> exclude = List.of();

    @Option(
            names = "--member-role",
            paramLabel = "NAME",
            description = "With --organization: a role in the member accounts that trusts the account of the credentials. It"
                    + " reads what a root session cannot read: credential report, password policy, administrators.")
    private String memberRole;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy in YAML: controls, severities, thresholds, exceptions (docs/policy.md). Default: the preset"
                    + " mission.")
    private Path policy;

    @Option(names = "--verbose", description = "With --organization: a line for each account.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean hasRole() {
        return memberRole != null;
    }

    QualityGate gate() {
        return new QualityGate(Severity.parse("--fail-on", failOn), null, UnknownPolicy.FAIL, unreadAccounts);
    }

    RunSettings apply(RunSettings settings) {
        return settings.withParallelism(parallelism == null ? DEFAULT_PARALLELISM : parallelism)
                .withMemberRole(memberRole)
                .withPolicy(policy());
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
     * @param only one account; null for the account of the credentials, or the organization
     * @throws InvalidInputException when an id is malformed, or the options exclude each other
     */
    Scope scope(String only) {
        boolean narrowed = parallelism != null
                || memberRole != null
                || verbose
                || !accounts.isEmpty()
                || !organizationalUnits.isEmpty()
                || !exclude.isEmpty();
        if (!organization && narrowed) {
            throw new InvalidInputException(
                    "--parallelism, --accounts, --organizational-units, --exclude, --member-role and --verbose can only be"
                            + " used with --organization.");
        }
        if (organization && only != null) {
            throw new InvalidInputException("--account cannot be used with --organization. Use --accounts.");
        }
        return organization
                ? Scope.organization(AccountFilter.parse(accounts, organizationalUnits, exclude))
                : Scope.account(only);
    }
}
