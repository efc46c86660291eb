package io.jenkins.plugins.awsrootguard.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The values that the controls compare with. */
public final class Thresholds {

    private int recentUseDays;
    private int rotationDays;
    private int minimumPasswordLength;
    private int reusePrevention;
    private Integer maxPasswordAgeDays;

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL, contentNulls = Nulls.FAIL)
    private Set<CharacterClass> requiredCharacters = EnumSet.allOf(CharacterClass.class);

    private int maxReportAgeHours;

    Thresholds() {}

    /** Root was used recently when within so many days. */
    public int recentUseDays() {
        return recentUseDays;
    }

    @JsonSetter
    private void setRecentUseDays(String days) {
        recentUseDays = range("recentUseDays", days, 1, 3650);
    }

    /** Days after which the root password is due for a change. */
    public int rotationDays() {
        return rotationDays;
    }

    @JsonSetter
    private void setRotationDays(String days) {
        rotationDays = range("rotationDays", days, 1, 3650);
    }

    /** Characters. */
    public int minimumPasswordLength() {
        return minimumPasswordLength;
    }

    @JsonSetter
    private void setMinimumPasswordLength(String characters) {
        minimumPasswordLength = range("minimumPasswordLength", characters, 6, 128);
    }

    /** How many previous passwords cannot be reused. */
    public int reusePrevention() {
        return reusePrevention;
    }

    @JsonSetter
    private void setPasswordReusePrevention(String passwords) {
        reusePrevention = range("passwordReusePrevention", passwords, 1, 24);
    }

    /** Days after which the password of an IAM user expires; null when no expiry is required. */
    public Integer maxPasswordAgeDays() {
        return maxPasswordAgeDays;
    }

    @JsonSetter
    private void setMaxPasswordAgeDays(String daysOrNone) {
        maxPasswordAgeDays =
                "none".equals(daysOrNone) ? null : range("maxPasswordAgeDays", daysOrNone, 1, 1095, " or none");
    }

    /** The character types that passwords have to contain. */
    public Set<CharacterClass> requiredCharacters() {
        return Set.copyOf(requiredCharacters);
    }

    /** A credential report older than this is too old to judge by. AWS makes a new one every four hours at most. */
    public Duration maxReportAge() {
        return Duration.ofHours(maxReportAgeHours);
    }

    @JsonSetter
    private void setMaxReportAgeHours(String hours) {
        maxReportAgeHours = range("maxReportAgeHours", hours, 4, 8760);
    }

    private static int range(String field, String given, int least, int most) {
        return range(field, given, least, most, "");
    }

    /** A number as written: YAML would read 010 as 8. */
    private static int range(String field, String given, int least, int most, String other) {
        boolean number = given != null && given.matches("0|-?[1-9][0-9]*");
        int value = number && given.length() < 10 ? Integer.parseInt(given) : -1;
        if (value < least || value > most) {
            throw new InvalidInputException(
                    field,
                    (number ? given + " is out of range" : "'" + given + "' is not a number without leading zeros")
                            + ". Enter a number from " + least + " to " + most + other + ".");
        }
        return value;
    }
}
