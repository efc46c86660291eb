package io.jenkins.plugins.awsrootguard.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/** What the policy says of one control. */
public final class Requirement {

    @JsonProperty
    private boolean enabled = true;

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL)
    private Severity severity;

    @JsonProperty
    private boolean required;

    Requirement() {}

    Requirement disabled() {
        Requirement off = new Requirement();
        off.enabled = false;
        off.severity = severity;
        off.required = required;
        return off;
    }

    /** A control that is not enabled is not judged and appears in no report. */
    public boolean enabled() {
        return enabled;
    }

    public Severity severity() {
        return severity;
    }

    /** Whether NOT_CHECKED counts like UNKNOWN in a gate: the access of the run has to be able to read the control. */
    public boolean required() {
        return required;
    }
}
