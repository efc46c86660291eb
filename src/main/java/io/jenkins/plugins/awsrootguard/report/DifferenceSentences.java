package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.controls.Subject;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.stream.Collectors;

/** What is new since the reference build, in words. */
public final class DifferenceSentences {

    private DifferenceSentences() {}

    /** Returns what is new, in one sentence, for example {@code Since build #41: 2 new findings, 1 fixed, 5 outstanding.} */
    public static String line(Difference d) {
        return "Since build #" + d.reference() + ": " + Sentences.counted(d.addedCount(), "new finding") + ", "
                + d.fixedCount() + " fixed, " + d.outstanding() + " outstanding.";
    }

    /** Returns what is new in a finding that was open before, for example {@code : access key AKIA…7XQ2}; empty for all of it. */
    public static String subjects(Difference.Item item) {
        return item.subjects().isEmpty()
                ? ""
                : item.subjects().stream().map(DifferenceSentences::of).collect(Collectors.joining(", ", ": ", ""));
    }

    private static String of(Subject subject) {
        return switch (subject.kind()) {
            case ACCESS_KEY -> "access key " + Printable.keyId(subject.id());
            case ACCESS_KEY_SLOT -> "access key " + subject.id().replace("@", " of ");
            case CERTIFICATE -> "signing certificate " + Printable.text(subject.id(), 128);
            case CERTIFICATE_SLOT -> "signing certificate " + subject.id().replace("@", " of ");
            case MFA_DEVICE -> "MFA device " + Printable.text(subject.id(), 128);
            case DAY_OF_USE -> "used on " + subject.id();
        };
    }
}
