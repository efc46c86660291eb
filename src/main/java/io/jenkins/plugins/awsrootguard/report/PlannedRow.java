package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;

/**
 * A planned change as a row of a page.
 *
 * @param destructive whether the change is permanent
 * @param heldBack why the change is held back; null when it is not
 * @param allowableKey the shortened id of the key that has to be allow-listed for the change; null when that does not help
 */
public record PlannedRow(String description, boolean destructive, String heldBack, String allowableKey) {

    public static PlannedRow of(PlannedChange c) {
        return new PlannedRow(
                c.description(),
                c.kind().isDestructive(),
                c.reason(),
                c.canBeNamed() ? Printable.keyId(c.target()) : null);
    }
}
