package io.jenkins.plugins.awsrootguard.assessment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.controls.Subject;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The status of one control in one account. Thousands of accounts share the few values that there are.
 *
 * @param counted the status that gates use ({@link Finding#counted}); null when an exception in force covers the finding
 * @param subjects what the finding is about; empty if it has no parts, or they are not known
 */
public record ControlStatus(String control, Severity severity, Status status, Status counted, List<Subject> subjects) {

    private static final String EXCEPTED = "EXCEPTED";
    private static final Map<ControlStatus, ControlStatus> SHARED = new ConcurrentHashMap<>();

    public static ControlStatus of(Finding f) {
        return shared(new ControlStatus(f.control(), f.severity(), f.status(), f.counted(), f.subjects()));
    }

    private static ControlStatus shared(ControlStatus value) {
        if (!value.subjects.isEmpty()) {
            return value;
        }
        // Looked up first: computeIfAbsent can lock although the value is present.
        ControlStatus same = SHARED.get(value);
        return same == null ? SHARED.computeIfAbsent(value, v -> v) : same;
    }

    @JsonCreator
    static ControlStatus parse(String saved) {
        String[] part = saved.split(" ");
        Status status = Status.valueOf(part[2]);
        Status counted = part.length == 3 ? status : part[3].equals(EXCEPTED) ? null : Status.valueOf(part[3]);
        List<Subject> subjects = Arrays.stream(part).skip(4).map(Subject::parse).toList();
        return shared(new ControlStatus(part[0], Severity.valueOf(part[1]), status, counted, subjects));
    }

    @JsonValue
    String saved() {
        String text = control + " " + severity + " " + status;
        if (counted == status && subjects.isEmpty()) {
            return text;
        }
        return Stream.concat(
                        Stream.of(text, counted == null ? EXCEPTED : counted.name()),
                        subjects.stream().map(Subject::saved))
                .collect(Collectors.joining(" "));
    }

    /** Whether an exception in force covers the finding. */
    public boolean isExcepted() {
        return counted == null;
    }
}
