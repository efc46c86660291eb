package io.jenkins.plugins.awsrootguard.remediation;

import java.time.Instant;

/**
 * A change that was made or tried: the journal's entry. It is written before the call ({@link Outcome#STARTED}) and again
 * after it.
 *
 * @param id the {@link PlannedChange#id()}
 * @param approvedBy who approved it; null for a change that needs no approval
 * @param requestId AWS's request id; null when there is none
 * @param detail what happened, one line
 */
public record ChangeRecord(
        String id,
        ChangeKind kind,
        String description,
        Outcome outcome,
        String approvedBy,
        Instant at,
        String requestId,
        String detail) {

    /** What was changed: the id without the kind. */
    public String target() {
        return id.substring(id.indexOf(':') + 1);
    }

    public enum Outcome {
        /** The call was about to be made; if nothing follows, it isn't known whether it was. */
        STARTED,
        /** AWS confirmed it. */
        DONE,
        /** It failed, or could not be confirmed; {@link ChangeRecord#detail()} says what to do. */
        FAILED,
        /** It was not tried: blocked, not approved, or a change before it failed. */
        SKIPPED,
        /** A dry run: it would have been made. */
        WOULD_DO
    }
}
