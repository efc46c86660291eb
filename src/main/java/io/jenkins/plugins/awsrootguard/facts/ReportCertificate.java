package io.jenkins.plugins.awsrootguard.facts;

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

    public boolean isTold() {
        return active != null && (active || lastRotated.isTold());
    }
}
