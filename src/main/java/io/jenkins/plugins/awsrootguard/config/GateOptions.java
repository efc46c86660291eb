package io.jenkins.plugins.awsrootguard.config;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.assessment.QualityGate;
import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.Locale;

/** The values of a quality gate: a severity, or NEVER. */
public final class GateOptions {

    public static final String NEVER = "NEVER";

    public static final String FAIL_ON = word(QualityGate.DEFAULT.failOn());
    public static final String UNSTABLE_ON = word(QualityGate.DEFAULT.unstableOn());
    public static final String UNKNOWN = QualityGate.DEFAULT.unknown().name();

    public static final String UNREAD_ACCOUNTS =
            QualityGate.DEFAULT.unreadAccounts().name();

    private GateOptions() {}

    /**
     * A blank or missing word is its default: a job saved without one, or written by hand, is read without its constructor being
     * run.
     *
     * @throws InvalidInputException when a word is unknown
     */
    public static QualityGate parse(String failOn, String unstableOn, String unknown, String unreadAccounts) {
        return new QualityGate(
                severity("failOn", normal(failOn, FAIL_ON)),
                severity("unstableOn", normal(unstableOn, UNSTABLE_ON)),
                policy("unknown", normal(unknown, UNKNOWN)),
                policy("unreadAccounts", normal(unreadAccounts, UNREAD_ACCOUNTS)));
    }

    /** The word in capitals; the default when it is blank. */
    private static String normal(String word, String otherwise) {
        return word == null || word.isBlank() ? otherwise : word.trim().toUpperCase(Locale.ROOT);
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

    private static Severity severity(String field, String word) {
        return word.equals(NEVER) ? null : Severity.parse(field, word);
    }

    private static UnknownPolicy policy(String field, String word) {
        return Arrays.stream(UnknownPolicy.values())
                .filter(p -> p.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        field + " '" + Printable.text(word, 40) + "' is not valid. Enter FAIL, UNSTABLE or IGNORE."));
    }

    private static String word(Severity severity) {
        return severity == null ? NEVER : severity.name();
    }
}
