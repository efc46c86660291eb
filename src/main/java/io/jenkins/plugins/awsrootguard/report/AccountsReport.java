package io.jenkins.plugins.awsrootguard.report;

import java.util.List;

/**
 * What a page shows of many accounts.
 *
 * @param central the finding about the organization; null when the accounts are in none
 * @param accounts the accounts, worst first
 * @param controls each control over all accounts
 */
public record AccountsReport(
        FindingRow central,
        List<AccountLine> accounts,
        List<OrganizationTally.VerdictLine> verdicts,
        List<OrganizationTally.ControlLine> controls) {}
