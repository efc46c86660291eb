package io.jenkins.plugins.awsrootguard.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Something that administrators must know about what a job reads, as stored. Immutable. */
@Restricted(NoExternalUse.class)
public final class Alert {

    /** What an alert is about, and its values. */
    public enum Kind {
        /** The verdict got worse: the standing before and now. */
        VERDICT,
        /** The root user was used: the reference build, then each account with what shows its use. */
        ROOT_USED,
        /** An exception is in force: control, owner, and last day. */
        EXCEPTION
    }

    private final Kind kind;
    private final String subject;
    private final int build;
    private final ArrayList<String> values;

    /** @param subject the account, the accounts or the organization of the build */
    Alert(Kind kind, String subject, int build, Object... values) {
        this.kind = kind;
        this.subject = subject;
        this.build = build;
        this.values = new ArrayList<>(Stream.of(values).map(Object::toString).toList());
    }

    public Kind kind() {
        return kind;
    }

    /** The number of the build that found it. */
    public int build() {
        return build;
    }

    public List<String> values() {
        return List.copyOf(values);
    }

    /** The same for the same values. */
    public int hash() {
        return values.hashCode();
    }

    boolean isAbout(String what) {
        return what.equals(subject);
    }

    boolean isSame(Alert other) {
        return kind == other.kind && isAbout(other.subject) && values.equals(other.values);
    }
}
