package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.Duration;

/**
 * The numbers that the controls compare with.
 *
 * @param recentUseDays root was used "recently" when within so many days
 * @param rotationDays days after which the root password is due for a change
 * @param minimumPasswordLength characters (CIS 1.8 in v3.0.0: 14)
 * @param reusePrevention former passwords that may not be used again (CIS 1.9 in v3.0.0: 24)
 * @param maxPasswordAgeDays days until an IAM user's password expires (PCI DSS; no longer asked by CIS)
 * @param maxReportAge a credential report older than this is stale; AWS makes a new one at most every four hours
 */
public record Thresholds(
        int recentUseDays,
        int rotationDays,
        int minimumPasswordLength,
        int reusePrevention,
        int maxPasswordAgeDays,
        Duration maxReportAge) {

    public static final Thresholds DEFAULT = new Thresholds(90, 90, 14, 24, 90, Duration.ofHours(24));

    public Thresholds {
        range("recentUseDays", recentUseDays, 1, 3650);
        range("rotationDays", rotationDays, 1, 3650);
        range("minimumPasswordLength", minimumPasswordLength, 6, 128);
        range("reusePrevention", reusePrevention, 1, 24);
        range("maxPasswordAgeDays", maxPasswordAgeDays, 1, 1095);
        if (maxReportAge.compareTo(Duration.ofHours(4)) < 0) {
            throw new InvalidInputException("maxAge " + maxReportAge.toHours()
                    + " h is too short: AWS makes a credential report at most every 4 hours, so ask for 4 or more");
        }
    }

    public Thresholds withMaxReportAge(Duration age) {
        return new Thresholds(
                recentUseDays, rotationDays, minimumPasswordLength, reusePrevention, maxPasswordAgeDays, age);
    }

    public Thresholds withRecentUseDays(int days) {
        return new Thresholds(
                days, rotationDays, minimumPasswordLength, reusePrevention, maxPasswordAgeDays, maxReportAge);
    }

    private static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    field + " " + value + " is out of range: give a number from " + least + " to " + most);
        }
    }
}
