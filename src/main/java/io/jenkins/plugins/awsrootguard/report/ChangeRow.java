package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;

/**
 * A recorded change as a row of a page.
 *
 * @param tone the style class of the outcome
 * @param detail what happened; null when there is nothing to add
 * @param allowableKey the shortened id of the key that has to be allow-listed for the change; null when that does not help
 * @param approvedBy who approved the change, or why it has no approver
 * @param requestId the request id from AWS; null when there is none
 */
public record ChangeRow(
        String tone,
        String symbol,
        String word,
        String description,
        String detail,
        String allowableKey,
        String approvedBy,
        TimeText time,
        String requestId) {

    public static ChangeRow of(ChangeRecord c) {
        return new ChangeRow(
                Symbols.tone(c.outcome()),
                Symbols.of(c.outcome()),
                Symbols.word(c.outcome()),
                c.description(),
                c.detail() == null || c.detail().isBlank() ? null : c.detail(),
                c.allowableKey(),
                c.approvedBy() == null
                        ? (c.kind().needsApproval() ? "Not approved" : "No approval required")
                        : c.approvedBy(),
                TimeText.of(c.at()),
                c.requestId());
    }
}
