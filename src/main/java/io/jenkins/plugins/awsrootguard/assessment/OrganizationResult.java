package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import java.time.Instant;

/**
 * How the reading of an organization went; the accounts themselves were given one by one to an {@link AccountSink}.
 *
 * @param central the finding on central management of root users, which is the organization's
 * @param stoppedBecause why not every account was read that should have been; null when all were tried
 * @param calls to AWS, those for the list of accounts included
 */
public record OrganizationResult(
        Organization organization,
        Partition partition,
        Finding central,
        Instant startedAt,
        Instant endedAt,
        int accounts,
        int unread,
        long calls,
        String stoppedBecause) {

    public boolean isComplete() {
        return stoppedBecause == null;
    }

    /** Whether it was somebody who stopped it. */
    public boolean isInterrupted() {
        return stoppedBecause != null && stoppedBecause.startsWith(FanOut.INTERRUPTED);
    }
}
