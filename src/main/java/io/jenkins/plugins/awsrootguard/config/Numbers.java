package io.jenkins.plugins.awsrootguard.config;

import hudson.util.FormValidation;

/** Checks of numbers in forms. */
public final class Numbers {

    private Numbers() {}

    public static FormValidation check(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= least && value <= most) {
                return FormValidation.ok();
            }
        } catch (NumberFormatException e) {
            // The message is the same.
        }
        return FormValidation.error(Messages.Numbers_range(least, most));
    }
}
