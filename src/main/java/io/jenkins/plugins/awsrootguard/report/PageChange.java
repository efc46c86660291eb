package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.Locale;

/** A change that was made or tried, on the page. */
record PageChange(
        String css,
        String symbol,
        String word,
        String description,
        String detail,
        String approvedBy,
        PageTime time,
        String requestId) {

    static PageChange of(ChangeRecord c) {
        return new PageChange(
                c.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Symbols.of(c.outcome()),
                Symbols.word(c.outcome()),
                c.description(),
                c.detail() == null || c.detail().isBlank() ? null : c.detail(),
                c.approvedBy() == null
                        ? (c.kind().needsApproval() ? "not approved" : "needs no approval")
                        : c.approvedBy(),
                PageTime.minutes(c.at()),
                c.requestId());
    }
}
