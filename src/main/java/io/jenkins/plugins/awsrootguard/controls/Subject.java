package io.jenkins.plugins.awsrootguard.controls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What a finding is about, for example an access key of root: a later run that finds another one has a new finding.
 *
 * @param id as AWS has it, without white space
 */
public record Subject(Kind kind, String id) {

    /** Subjects of different kinds can't be compared: the credential report has no ids. */
    public enum Kind {
        ACCESS_KEY,
        /** Number and time of a key in the credential report. */
        ACCESS_KEY_SLOT,
        CERTIFICATE,
        /** Number and time of a certificate in the credential report. */
        CERTIFICATE_SLOT,
        MFA_DEVICE,
        /** A day (UTC) on which root was used. */
        DAY_OF_USE
    }

    static final Comparator<Subject> ORDER = Comparator.comparing(Subject::saved);

    public Subject {
        id = Printable.text(id, 300).replaceAll("\\s", "_");
    }

    static Subject slot(Kind kind, int number, Instant time) {
        return new Subject(kind, number + (time == null ? "" : "@" + time));
    }

    static Subject slot(ReportKey key) {
        return slot(Kind.ACCESS_KEY_SLOT, key.number(), key.lastRotated().at());
    }

    /** Whether it differs from all earlier subjects of its kind, if there are any: a day is new if it is later. */
    public boolean isNew(List<Subject> earlier) {
        List<Subject> same = earlier.stream().filter(s -> s.kind == kind).toList();
        return !same.isEmpty()
                && (kind == Kind.DAY_OF_USE
                        ? same.stream().allMatch(s -> s.id.compareTo(id) < 0)
                        : !same.contains(this));
    }

    @JsonCreator
    public static Subject parse(String saved) {
        String[] part = saved.split("=", 2);
        return new Subject(Kind.valueOf(part[0]), part[1]);
    }

    @JsonValue
    public String saved() {
        return kind + "=" + id;
    }
}
