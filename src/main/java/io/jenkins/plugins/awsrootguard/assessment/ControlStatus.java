package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The status of one control in one account. Thousands of accounts share the few values that there are. */
public record ControlStatus(String control, Severity severity, Status status) {

    private static final Map<String, ControlStatus> SHARED = new ConcurrentHashMap<>();

    static ControlStatus of(String control, Severity severity, Status status) {
        return parse(control + " " + severity + " " + status);
    }

    @JsonCreator
    static ControlStatus parse(String saved) {
        return SHARED.computeIfAbsent(saved, key -> {
            String[] part = key.split(" ");
            return new ControlStatus(part[0], Severity.valueOf(part[1]), Status.valueOf(part[2]));
        });
    }

    @JsonValue
    String saved() {
        return control + " " + severity + " " + status;
    }
}
