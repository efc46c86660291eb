package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.assessment.Scope;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for an organization. */
final class OrganizationOptions {

    private static final int DEFAULT_PARALLELISM = 20;

    @Option(
            names = "--organization",
            description =
                    "All accounts of the organization, the members through root sessions. Needs credentials of the management"
                            + " account or a delegated administrator.")
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
            description =
                    "With --organization: a role in the member accounts that trusts the account of the credentials. It reads"
                            + " what a root session cannot read: credential report, password policy, administrators.")
    private String memberRole;

    @Option(names = "--verbose", description = "With --organization: a line for each account.")
    private boolean verbose;

    boolean isVerbose() {
        return verbose;
    }

    boolean hasRole() {
        return memberRole != null;
    }

    RunSettings apply(RunSettings settings) {
        return settings.withParallelism(parallelism == null ? DEFAULT_PARALLELISM : parallelism)
                .withMemberRole(memberRole);
    }

    /**
     * What the run covers.
     *
     * @param account the value of {@code --account}; null when it is not given
     * @throws InvalidInputException when an id is malformed, or the options exclude each other
     */
    Scope scope(String account) {
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
        if (organization && account != null) {
            throw new InvalidInputException("--account cannot be used with --organization. Use --accounts.");
        }
        return organization
                ? Scope.organization(AccountFilter.parse(accounts, organizationalUnits, exclude))
                : Scope.account(account);
    }
}
