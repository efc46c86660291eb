package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;

/**
 * A planned change as a row of a page.
 *
 * @param destructive whether the change is permanent
 * @param heldBack why the change is held back; null when it is not
 */
public record PlannedRow(String description, boolean destructive, String heldBack) {

    public static PlannedRow of(PlannedChange c) {
        return new PlannedRow(c.description(), c.kind().isDestructive(), c.reason());
    }
}
