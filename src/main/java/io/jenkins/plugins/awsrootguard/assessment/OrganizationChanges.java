package io.jenkins.plugins.awsrootguard.assessment;

import java.time.Instant;

/**
 * How carrying out the plans of many accounts went; the accounts themselves were given one by one to a sink.
 *
 * @param accounts with a plan
 * @param failed accounts of which something failed, or was not begun because the run was stopped
 * @param stoppedBecause why not every plan was carried out; null when all were tried
 * @param calls to AWS
 */
public record OrganizationChanges(
        Instant startedAt, Instant endedAt, int accounts, int failed, long calls, String stoppedBecause) {

    public boolean isComplete() {
        return stoppedBecause == null;
    }

    /** Whether it was somebody who stopped it. */
    public boolean isInterrupted() {
        return stoppedBecause != null && stoppedBecause.startsWith(FanOut.INTERRUPTED);
    }
}
