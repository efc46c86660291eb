package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.facts.Organization;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import java.time.Instant;

/**
 * What a build keeps of an organization apart from its accounts. Immutable.
 *
 * @param central the finding on central management of root users
 * @param callerAccountId the account whose credentials read it
 * @param callerArn who read it
 * @param endedAt when the last reading ended; null while it goes on, and when it never ended
 * @param calls to AWS in the last reading; 0 until it has ended
 * @param stoppedBecause why not every account was read that should have been; null when all were tried
 */
public record OrganizationHeader(
        Organization organization,
        Partition partition,
        Finding central,
        String callerAccountId,
        String callerArn,
        Instant startedAt,
        Instant endedAt,
        long calls,
        String stoppedBecause) {

    public static OrganizationHeader begun(
            OrganizationAssessment assessment, Partition partition, String callerAccountId, String callerArn) {
        return new OrganizationHeader(
                assessment.organization(),
                partition,
                assessment.central(),
                callerAccountId,
                callerArn,
                Instant.now(),
                null,
                0,
                null);
    }

    public OrganizationHeader ended(OrganizationResult result) {
        return new OrganizationHeader(
                result.organization(),
                result.partition(),
                result.central(),
                callerAccountId,
                callerArn,
                result.startedAt(),
                result.endedAt(),
                result.calls(),
                result.stoppedBecause());
    }

    /**
     * The reading as the reports know it.
     *
     * @param accounts how many are kept
     * @param unread how many of them could not be read, or were not
     * @param unended why it has not ended, for a reading that has not
     */
    OrganizationResult result(int accounts, int unread, String unended) {
        return new OrganizationResult(
                organization,
                partition,
                central,
                startedAt,
                endedAt == null ? Instant.now() : endedAt,
                accounts,
                unread,
                calls,
                endedAt == null ? unended : stoppedBecause);
    }
}
