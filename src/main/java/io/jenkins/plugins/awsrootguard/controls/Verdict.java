package io.jenkins.plugins.awsrootguard.controls;

import java.util.List;

/**
 * What a control says of one account.
 *
 * @param summary what was found, in plain words, one line
 */
public record Verdict(Status status, String summary, List<Evidence> evidence) {

    public Verdict {
        evidence = List.copyOf(evidence);
    }

    static Verdict pass(String summary, List<Evidence> evidence) {
        return new Verdict(Status.PASS, summary, evidence);
    }

    static Verdict fail(String summary, List<Evidence> evidence) {
        return new Verdict(Status.FAIL, summary, evidence);
    }

    static Verdict unknown(String reason, List<Evidence> evidence) {
        return new Verdict(Status.UNKNOWN, reason, evidence);
    }

    static Verdict notApplicable(String reason, List<Evidence> evidence) {
        return new Verdict(Status.NOT_APPLICABLE, reason, evidence);
    }
}
