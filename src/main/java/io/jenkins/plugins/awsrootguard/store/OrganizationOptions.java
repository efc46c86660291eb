package io.jenkins.plugins.awsrootguard.store;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;

/**
 * What a step says of an organization: which of its accounts are meant, and how they are read. What it doesn't say is taken from
 * an earlier step of the same build. Immutable; kept in build.xml.
 */
public final class OrganizationOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final int PARALLELISM = OrganizationSettings.DEFAULT.parallelism();

    public static final OrganizationOptions NONE =
            new OrganizationOptions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), PARALLELISM, false, null);

    private final ArrayList<String> accounts;
    private final ArrayList<String> organizationalUnits;
    private final ArrayList<String> exclude;
    private final int parallelism;
    private final boolean verbose;
    private final String memberRole;

    /**
     * @param accounts account ids; empty: all
     * @param organizationalUnits ids of organizational units or of the root, with everything below them; empty: all
     * @param exclude account ids that are left out
     * @param parallelism how many accounts are worked on at once
     * @param verbose whether the log has a line for each account
     * @param memberRole the name of a role that the members have; null or blank for none
     */
    public OrganizationOptions(
            Collection<String> accounts,
            Collection<String> organizationalUnits,
            Collection<String> exclude,
            int parallelism,
            boolean verbose,
            String memberRole) {
        this.accounts = new ArrayList<>(accounts);
        this.organizationalUnits = new ArrayList<>(organizationalUnits);
        this.exclude = new ArrayList<>(exclude);
        this.parallelism = parallelism;
        this.verbose = verbose;
        this.memberRole = Util.fixEmptyAndTrim(memberRole);
    }

    /** Whether it leaves accounts out. */
    public boolean isNarrow() {
        return !accounts.isEmpty() || !organizationalUnits.isEmpty() || !exclude.isEmpty();
    }

    /** These options, with those of an earlier step for what is not said here. */
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

    /** @throws InvalidInputException when an id is none */
    AccountFilter filter() {
        return AccountFilter.parse(accounts, organizationalUnits, exclude);
    }

    /**
     * @throws InvalidInputException when the parallelism is out of range, or the role's name is none
     */
    OrganizationSettings settings() {
        return OrganizationSettings.DEFAULT.withParallelism(parallelism).withMemberRole(memberRole);
    }

    boolean isVerbose() {
        return verbose;
    }
}
