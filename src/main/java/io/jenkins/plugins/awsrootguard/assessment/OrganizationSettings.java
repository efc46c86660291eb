package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.MemberRole;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;

/**
 * How an organization is read.
 *
 * @param parallelism how many accounts are read at once
 * @param account how each of them is read
 * @param prove whether phase 4 is meant: the points of a secured root user are proven, too
 * @param memberRole the name of a role that the member accounts have, which reads what a privileged root session can't; null
 *     for none
 */
public record OrganizationSettings(
        int parallelism,
        AssessmentSettings account,
        Thresholds thresholds,
        RemediationSettings remediation,
        boolean prove,
        String memberRole) {

    public static final OrganizationSettings DEFAULT = new OrganizationSettings(
            20, AssessmentSettings.DEFAULT, Thresholds.DEFAULT, RemediationSettings.DEFAULT, false, null);

    public OrganizationSettings {
        if (parallelism < 1 || parallelism > AwsAccess.MOST_CONNECTIONS) {
            throw new InvalidInputException("parallelism " + parallelism + " is out of range: give a number from 1 to "
                    + AwsAccess.MOST_CONNECTIONS);
        }
        memberRole = MemberRole.parse(memberRole);
    }

    public OrganizationSettings withParallelism(int accountsAtOnce) {
        return new OrganizationSettings(accountsAtOnce, account, thresholds, remediation, prove, memberRole);
    }

    public OrganizationSettings withAccount(AssessmentSettings settings) {
        return new OrganizationSettings(parallelism, settings, thresholds, remediation, prove, memberRole);
    }

    public OrganizationSettings withRemediation(RemediationSettings settings) {
        return new OrganizationSettings(parallelism, account, thresholds, settings, prove, memberRole);
    }

    public OrganizationSettings withProof() {
        return new OrganizationSettings(parallelism, account, thresholds, remediation, true, memberRole);
    }

    /** @param roleName null or blank for none */
    public OrganizationSettings withMemberRole(String roleName) {
        return new OrganizationSettings(parallelism, account, thresholds, remediation, prove, roleName);
    }

    public OrganizationSettings withThresholds(Thresholds judgedBy) {
        return new OrganizationSettings(parallelism, account, judgedBy, remediation, prove, memberRole);
    }
}
