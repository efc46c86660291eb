package io.jenkins.plugins.awsrootguard.report;

import java.util.List;

/**
 * The names that {@code report.mustache} uses.
 *
 * @param account the one account; null for many
 * @param accounts the accounts; null for one
 */
record ReportPage(
        String title,
        String tone,
        String symbol,
        String word,
        String verdict,
        String detail,
        String reading,
        List<PhaseStrip.Step> phases,
        AccountReport account,
        Accounts accounts,
        List<ReportFile> files) {

    /** @param links whether each account has a page of its own */
    record Accounts(RunReport run, boolean links) {}
}
