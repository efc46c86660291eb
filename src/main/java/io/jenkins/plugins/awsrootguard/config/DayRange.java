package io.jenkins.plugins.awsrootguard.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;

/** The days that a setting may be set to. */
enum DayRange {
    RECENT_USE(1, 3650),
    ROTATION(1, 3650),
    REMINDER(0, 365);

    private final int least;
    private final int most;

    DayRange(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** @throws InvalidInputException when the value is out of range */
    int require(String field, int value) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    field + " " + value + " is out of range. Enter a number from " + least + " to " + most);
        }
        return value;
    }

    FormValidation check(String field, String text) {
        try {
            require(field, Integer.parseInt(Util.fixNull(text).trim()));
            return FormValidation.ok();
        } catch (NumberFormatException e) {
            return FormValidation.error(Messages.DayRange_notANumber(least, most));
        } catch (InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
