package io.jenkins.plugins.awsrootguard.facts;

/**
 * A root access key, or an empty slot for one, in the credential report.
 *
 * @param number 1 or 2 for the slots; greater for a key of {@code additional_credentials_info}, whose state is not reported
 * @param active null when the report does not tell
 * @param lastRotated when the key was made; a date on an inactive slot means that a key exists and is inactive
 * @param lastUsedRegion null when not told or never used
 * @param lastUsedService null when not told or never used
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
    public boolean isTold() {
        return active != null && (active || lastRotated.isTold());
    }
}
