package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.List;

/**
 * The IAM credential report, decoded and reviewed.
 *
 * @param generatedAt when AWS generated it: up to four hours before it was requested
 * @param sha256 of the bytes as AWS gave them, in hexadecimal
 */
public record CredentialReport(Instant generatedAt, String sha256, ReportRoot root, ReportTotals totals) {

    /**
     * The row {@code <root_account>} of the credential report. A value that is not reported is null.
     *
     * @param arn root's ARN, from which account and partition are known
     * @param created when the account was created; null when not reported
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

        /** Of an account in a partition without root users, whose report has no such row. */
        public static final ReportRoot NONE = new ReportRoot(
                null, null, false, ReportTime.NONE, ReportTime.NONE, false, List.of(), List.of(), List.of());

        public ReportRoot {
            keys = List.copyOf(keys);
            certificates = List.copyOf(certificates);
            notTold = List.copyOf(notTold);
        }
    }

    /**
     * A root access key, or an empty slot for one, in the credential report. A text that is not reported is null.
     *
     * @param number 1 or 2 for the slots; greater for a key of {@code additional_credentials_info}, whose state is not reported
     * @param active null when not reported
     * @param lastRotated when the key was created; a date on an inactive slot means that a key exists and is inactive
     */
    public record ReportKey(
            int number,
            Boolean active,
            ReportTime lastRotated,
            ReportTime lastUsed,
            String lastUsedRegion,
            String lastUsedService) {

        public boolean isActive() {
            return Boolean.TRUE.equals(active);
        }

        /** A key that exists but can't sign: anyone who may use root can activate it again. */
        public boolean isInactive() {
            return Boolean.FALSE.equals(active) && lastRotated.isAt();
        }

        /** Whether the report says if there is a key at all. */
        public boolean isReported() {
            return active != null && (active || lastRotated.isReported());
        }
    }

    /**
     * An X.509 signing certificate of root, or an empty slot for one, in the credential report.
     *
     * @param number 1 or 2 for the slots; greater for a certificate of {@code additional_credentials_info}
     * @param active null when not reported; true beyond the slots, where the report lists a certificate without its state
     */
    public record ReportCertificate(int number, Boolean active, ReportTime lastRotated) {

        public boolean exists() {
            return Boolean.TRUE.equals(active) || lastRotated.isAt();
        }

        public boolean isReported() {
            return active != null && (active || lastRotated.isReported());
        }
    }

    /**
     * What the credential report says of all users but root, counted while the rows stream by (an account can hold 5,000).
     *
     * @param usersWithPasswordWithoutMfa users that can sign in to the console without MFA
     */
    public record ReportTotals(int users, int usersWithPasswordWithoutMfa) {}
}
