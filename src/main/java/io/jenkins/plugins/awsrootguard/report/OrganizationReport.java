package io.jenkins.plugins.awsrootguard.report;

import com.samskivert.mustache.Template;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code report.html} of an organization: the verdict on each account, worst first, with links to the accounts' own pages.
 * Like {@link HtmlReport}, it needs no script and no inline style.
 */
public final class OrganizationReport {

    private static final Template PAGE = Templates.compile("organization.mustache");

    private OrganizationReport() {}

    /** What stands on the page: the names that {@code organization.mustache} uses. */
    record Page(
            String organization,
            String management,
            String css,
            String symbol,
            String word,
            String verdict,
            PageTime generated,
            String calls,
            List<OrganizationTally.VerdictLine> verdicts,
            PageFinding central,
            List<AccountLine> accounts,
            List<OrganizationTally.ControlLine> controls) {

        boolean hasAccounts() {
            return !accounts.isEmpty();
        }
    }

    /** Writes the page and its style sheet. */
    public static void write(OrganizationResult result, OrganizationTally tally, Path dir) throws IOException {
        List<OrganizationTally.VerdictLine> verdicts = tally.verdicts();
        boolean none = verdicts.isEmpty();
        // The organization stands as its worst account does.
        Page page = new Page(
                result.organization().id(),
                result.organization().managementAccountId(),
                none ? "unknown" : verdicts.get(0).css(),
                none ? "?" : verdicts.get(0).symbol(),
                none ? "No account was read" : verdicts.get(0).word(),
                OrganizationSentences.verdict(result, tally),
                PageTime.minutes(result.endedAt()),
                OrganizationSentences.calls(result, tally),
                verdicts,
                PageFinding.of(result.central()),
                tally.accounts(),
                tally.controls());
        Templates.write(PAGE, page, dir.resolve(HtmlReport.HTML));
    }
}
