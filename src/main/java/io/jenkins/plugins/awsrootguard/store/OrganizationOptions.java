package io.jenkins.plugins.awsrootguard.store;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;

/**
 * Which accounts of an organization a step selects, and how it reads them. An option that was not given is taken from an earlier
 * step of the same build. Immutable.
 *
 * @param accounts account ids; empty for all
 * @param organizationalUnits ids of organizational units or of the root, with everything below them; empty for all
 * @param exclude ids of accounts to leave out
 * @param parallelism how many accounts are worked on at once
 * @param verbose whether the log has a line for each account
 * @param memberRole the name of a role in the member accounts; null for none
 */
public record OrganizationOptions(
        List<String> accounts,
        List<String> organizationalUnits,
        List<String> exclude,
        int parallelism,
        boolean verbose,
        String memberRole) {

    public static final int PARALLELISM = RunSettings.DEFAULT.parallelism();

    public static final OrganizationOptions NONE =
            new OrganizationOptions(List.of(), List.of(), List.of(), PARALLELISM, false, null);

    public OrganizationOptions {
        accounts = List.copyOf(accounts);
        organizationalUnits = List.copyOf(organizationalUnits);
        exclude = List.copyOf(exclude);
        memberRole = Util.fixEmptyAndTrim(memberRole);
    }

    /** Whether it leaves accounts out. */
    public boolean isNarrow() {
        return !accounts.isEmpty() || !organizationalUnits.isEmpty() || !exclude.isEmpty();
    }

    /** These options, and those of an earlier step for what is not given here. */
    OrganizationOptions over(OrganizationOptions earlier) {
        OrganizationOptions which = isNarrow() ? this : earlier;
        return new OrganizationOptions(
                which.accounts,
                which.organizationalUnits,
                which.exclude,
                parallelism == PARALLELISM ? earlier.parallelism : parallelism,
                verbose || earlier.verbose,
                memberRole == null ? earlier.memberRole : memberRole);
    }

    /** @throws InvalidInputException when an id is not valid */
    AccountFilter filter() {
        return AccountFilter.parse(accounts, organizationalUnits, exclude);
    }
}
