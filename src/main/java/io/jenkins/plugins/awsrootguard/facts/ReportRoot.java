package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;

/**
 * The row {@code <root_account>} of the credential report.
 *
 * @param arn root's ARN, from which account and partition are known
 * @param created when the account was made; null when not told
 * @param passwordEnabled null when not told
 * @param mfaActive null when not told
 * @param notTold names of columns that were missing or unreadable: their facts are unknown
 */
public record ReportRoot(
        String arn,
        Instant created,
        Boolean passwordEnabled,
        ReportTime passwordLastUsed,
        ReportTime passwordLastChanged,
        Boolean mfaActive,
        List<ReportKey> keys,
        List<ReportCertificate> certificates,
        List<String> notTold) {

    public ReportRoot {
        keys = List.copyOf(keys);
        certificates = List.copyOf(certificates);
        notTold = List.copyOf(notTold);
    }
}
