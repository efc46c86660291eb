package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sentences that sum an organization up. Plain text: whoever puts them on a page escapes them. */
public final class OrganizationSentences {

    private OrganizationSentences() {}

    /** For example {@code 200 accounts of the organization o-a1b2c3d4e5: 40 at risk, 2 could not be read.} */
    public static String verdict(OrganizationResult result, OrganizationTally tally) {
        return verdict(result, tally.verdicts());
    }

    /** The same, of accounts that were added up already. */
    public static String verdict(OrganizationResult result, List<OrganizationTally.VerdictLine> verdicts) {
        int n = result.accounts();
        String sum = number(n) + (n == 1 ? " account" : " accounts") + " of the organization "
                + result.organization().id() + ": "
                + verdicts.stream()
                        .map(v -> number(v.accounts()) + " " + v.word().toLowerCase(Locale.ENGLISH))
                        .collect(Collectors.joining(", "))
                + ".";
        return result.isComplete() ? sum : sum + " Not all of it: " + result.stoppedBecause() + ".";
    }

    /** For example {@code 1,034 calls to AWS, at most 6 for a member account.} */
    public static String calls(OrganizationResult result, OrganizationTally tally) {
        return number(result.calls()) + " calls to AWS, at most " + tally.mostCalls() + " for one account";
    }

    private static String number(long n) {
        return String.format(Locale.ENGLISH, "%,d", n);
    }
}
