package io.jenkins.plugins.awsrootguard.facts;

/**
 * One of root's two X.509 signing certificate slots in the credential report.
 *
 * @param number 1 or 2
 * @param active null when the report does not tell
 */
public record ReportCertificate(int number, Boolean active, ReportTime lastRotated) {

    public boolean exists() {
        return Boolean.TRUE.equals(active) || lastRotated.isAt();
    }

    public boolean isTold() {
        return active != null && (active || lastRotated.isTold());
    }
}
