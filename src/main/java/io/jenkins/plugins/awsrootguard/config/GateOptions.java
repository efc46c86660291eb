package io.jenkins.plugins.awsrootguard.config;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Locale;

/** The parameters of a quality gate. A blank or missing value is the default: a job written by hand may lack it. */
public final class GateOptions {

    public static final String FAIL_ON = name(QualityGate.DEFAULT.failOn());
    public static final String UNSTABLE_ON = name(QualityGate.DEFAULT.unstableOn());
    public static final String UNKNOWN = QualityGate.DEFAULT.unknown().name();
    public static final String UNREAD_ACCOUNTS =
            QualityGate.DEFAULT.unreadAccounts().name();

    private static final String NEVER = "NEVER";

    private GateOptions() {}

    /** @throws InvalidInputException when a value is not valid */
    public static QualityGate parse(
            String failOn, String unstableOn, String unknown, String unreadAccounts, boolean newOnly) {
        return new QualityGate(
                severity("failOn", upperCase(failOn, FAIL_ON)),
                severity("unstableOn", upperCase(unstableOn, UNSTABLE_ON)),
                policy("unknown", upperCase(unknown, UNKNOWN)),
                policy("unreadAccounts", upperCase(unreadAccounts, UNREAD_ACCOUNTS)),
                newOnly);
    }

    public static ListBoxModel severities() {
        ListBoxModel list = new ListBoxModel();
        list.add(Messages.GateOptions_never(), NEVER);
        for (Severity s : Severity.values()) {
            list.add(s == Severity.CRITICAL ? s.name() : Messages.GateOptions_orWorse(s.name()), s.name());
        }
        return list;
    }

    public static ListBoxModel policies() {
        ListBoxModel list = new ListBoxModel();
        list.add(Messages.GateOptions_fail(), UnknownPolicy.FAIL.name());
        list.add(Messages.GateOptions_unstable(), UnknownPolicy.UNSTABLE.name());
        list.add(Messages.GateOptions_ignore(), UnknownPolicy.IGNORE.name());
        return list;
    }

    private static String upperCase(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.trim().toUpperCase(Locale.ROOT);
    }

    private static Severity severity(String field, String value) {
        return value.equals(NEVER) ? null : Severity.parse(field, value);
    }

    private static UnknownPolicy policy(String field, String value) {
        try {
            return UnknownPolicy.valueOf(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    field + " '" + Printable.text(value, 40) + "' is not valid. Enter FAIL, UNSTABLE or IGNORE.");
        }
    }

    private static String name(Severity severity) {
        return severity == null ? NEVER : severity.name();
    }
}
