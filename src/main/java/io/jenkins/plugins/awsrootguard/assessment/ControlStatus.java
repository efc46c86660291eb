package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The status of one control in one account. Thousands of accounts share the few values that there are.
 *
 * @param counted the status that gates use ({@link Finding#counted}); null when an exception in force covers the finding
 */
public record ControlStatus(String control, Severity severity, Status status, Status counted) {

    private static final String EXCEPTED = "EXCEPTED";
    private static final Map<ControlStatus, ControlStatus> SHARED = new ConcurrentHashMap<>();

    static ControlStatus of(Finding f) {
        return shared(new ControlStatus(f.control(), f.severity(), f.status(), f.counted()));
    }

    private static ControlStatus shared(ControlStatus value) {
        return SHARED.computeIfAbsent(value, same -> same);
    }

    @JsonCreator
    static ControlStatus parse(String saved) {
        String[] part = saved.split(" ");
        Status status = Status.valueOf(part[2]);
        Status counted = part.length == 3 ? status : part[3].equals(EXCEPTED) ? null : Status.valueOf(part[3]);
        return shared(new ControlStatus(part[0], Severity.valueOf(part[1]), status, counted));
    }

    @JsonValue
    String saved() {
        String text = control + " " + severity + " " + status;
        return counted == status ? text : text + " " + (counted == null ? EXCEPTED : counted);
    }

    /** Whether an exception in force covers the finding. */
    public boolean isExcepted() {
        return counted == null;
    }
}
