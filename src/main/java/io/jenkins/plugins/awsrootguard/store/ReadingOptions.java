package io.jenkins.plugins.awsrootguard.store;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.assessment.AssessmentSettings;
import io.jenkins.plugins.awsrootguard.assessment.RunSettings;
import io.jenkins.plugins.awsrootguard.config.NumberRange;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.util.List;

/**
 * Which accounts a step reads, and how. An option that was not given is taken from an earlier
 * step of the same build. Immutable.
 *
 * @param accounts account ids; empty for all
 * @param organizationalUnits ids of organizational units or of the root, with everything below them; empty for all
 * @param exclude ids of accounts to leave out
 * @param parallelism how many accounts are worked on at once
 * @param verbose whether the log has a line for each account
 * @param memberRole the name of a role in the member accounts; null for none
 * @param maxAgeHours the maximum age of the credential report; 0 for the default
 * @param assessment how each account is read; not taken from an earlier step
 */
public record ReadingOptions(
        List<String> accounts,
        List<String> organizationalUnits,
        List<String> exclude,
        int parallelism,
        boolean verbose,
        String memberRole,
        int maxAgeHours,
        AssessmentSettings assessment) {

    public static final int PARALLELISM = RunSettings.DEFAULT.parallelism();

    public static final NumberRange MAX_AGE_HOURS = new NumberRange(4, 8760);
    public static final ReadingOptions NONE =
            new ReadingOptions(List.of(), List.of(), List.of(), PARALLELISM, false, null, 0, null);

    public ReadingOptions {
        accounts = PlanOptions.split(accounts);
        organizationalUnits = PlanOptions.split(organizationalUnits);
        exclude = PlanOptions.split(exclude);
        memberRole = Util.fixEmptyAndTrim(memberRole);
        assessment = assessment == null ? AssessmentSettings.DEFAULT : assessment;
    }

    /** Whether it leaves accounts out. */
    private boolean isNarrow() {
        return !accounts.isEmpty() || !organizationalUnits.isEmpty() || !exclude.isEmpty();
    }

    /** These options, and those of an earlier step for what is not given here. */
    ReadingOptions over(ReadingOptions earlier) {
        ReadingOptions which = isNarrow() ? this : earlier;
        return new ReadingOptions(
                which.accounts,
                which.organizationalUnits,
                which.exclude,
                parallelism == PARALLELISM ? earlier.parallelism : parallelism,
                verbose || earlier.verbose,
                memberRole == null ? earlier.memberRole : memberRole,
                maxAgeHours == 0 ? earlier.maxAgeHours : maxAgeHours,
                assessment);
    }

    /** @throws InvalidInputException when it selects accounts of an organization, and the step is about one account */
    ReadingOptions require(boolean organization) {
        if (!organization && isNarrow()) {
            throw new InvalidInputException(
                    "accounts, organizationalUnits and exclude can be used only with organization: true");
        }
        return this;
    }

    /** @throws InvalidInputException when an id is not valid */
    AccountFilter filter() {
        return AccountFilter.parse(accounts, organizationalUnits, exclude);
    }
}
