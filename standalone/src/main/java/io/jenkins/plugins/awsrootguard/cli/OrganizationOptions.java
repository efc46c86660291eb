package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;
import picocli.CommandLine.Option;

/** What the commands take that can look at a whole organization. */
final class OrganizationOptions {

    private static final int DEFAULT_PARALLELISM = 20;

    @Option(
            names = "--organization",
            description =
                    "All accounts of the organization, the members through privileged root sessions. For credentials of the"
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
            description =
                    "With --organization: a role that the member accounts have and that trusts the credentials' account. It"
                            + " reads what a privileged root session can't: credential report, password policy,"
                            + " administrators.")
    private String memberRole;

    @Option(names = "--verbose", description = "With --organization: a line for each account.")
    private boolean verbose;

    boolean isWanted() {
        return organization;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The settings, as far as these options say something about them. */
    OrganizationSettings apply(OrganizationSettings settings) {
        return settings.withParallelism(parallelism == null ? DEFAULT_PARALLELISM : parallelism)
                .withMemberRole(memberRole);
    }

    /**
     * @param account what {@code --account} says; null when it is not given
     * @throws InvalidInputException when an id is none, or the options don't go together
     */
    AccountFilter filter(String account) {
        boolean narrowed = parallelism != null
                || memberRole != null
                || verbose
                || !accounts.isEmpty()
                || !organizationalUnits.isEmpty()
                || !exclude.isEmpty();
        if (!organization && narrowed) {
            throw new InvalidInputException(
                    "--parallelism, --accounts, --organizational-units, --exclude, --member-role and --verbose go with"
                            + " --organization");
        }
        if (organization && account != null) {
            throw new InvalidInputException("--account and --organization don't go together: use --accounts");
        }
        return AccountFilter.parse(accounts, organizationalUnits, exclude);
    }
}
