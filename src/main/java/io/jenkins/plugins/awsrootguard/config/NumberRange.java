package io.jenkins.plugins.awsrootguard.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;

/** The whole numbers that a field accepts. */
public record NumberRange(int least, int most) {

    /** @throws InvalidInputException when the value is out of range */
    public int require(String field, int value) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    field + " " + value + " is out of range. Enter a number from " + least + " to " + most + ".");
        }
        return value;
    }

    /** Checks the text of a field in a form. */
    public FormValidation check(String text) {
        try {
            require("", Integer.parseInt(Util.fixNull(text).trim()));
            return FormValidation.ok();
        } catch (NumberFormatException | InvalidInputException e) {
            return FormValidation.error(Messages.NumberRange_out(least, most));
        }
    }
}
