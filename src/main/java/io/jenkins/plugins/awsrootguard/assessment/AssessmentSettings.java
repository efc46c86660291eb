package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.Duration;

/**
 * How the assessment reads.
 *
 * @param firstPause the first wait between two checks for the report; later ones grow
 * @param readActivity whether CloudTrail is searched for the use of root and for password changes
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
