package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.Duration;

/**
 * How the assessment reads.
 *
 * @param reportWait the deadline for AWS to make the credential report
 * @param firstPause the first pause between two looks for the report; later ones grow
 * @param readActivity whether CloudTrail is asked for root's sign-ins and password changes
 */
public record AssessmentSettings(Duration reportWait, Duration firstPause, boolean readActivity) {

    public static final AssessmentSettings DEFAULT =
            new AssessmentSettings(Duration.ofMinutes(5), Duration.ofSeconds(1), true);

    public AssessmentSettings {
        if (reportWait.compareTo(Duration.ofSeconds(1)) < 0 || reportWait.compareTo(Duration.ofHours(4)) > 0) {
            throw new InvalidInputException(
                    "reportWait " + reportWait.toSeconds() + " s is out of range: give 1 second to 4 hours");
        }
    }
}
