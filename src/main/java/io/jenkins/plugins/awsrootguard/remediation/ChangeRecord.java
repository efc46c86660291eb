package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;

/**
 * A change that was made or tried: the journal's entry. It is written before the call ({@link Outcome#STARTED}) and again
 * after it.
 *
 * @param id the {@link PlannedChange#id()}
 * @param approvedBy who approved it; null when it was not tried
 * @param requestId AWS's request id; null when there is none
 * @param detail what happened, one line; for a change that was held back the sentence of the reason
 * @param heldBack why it was not tried; null when it was, or would be
 */
public record ChangeRecord(
        String id,
        ChangeKind kind,
        String description,
        Outcome outcome,
        String approvedBy,
        Instant at,
        String requestId,
        String detail,
        HeldBack heldBack) {

    /** The key whose allow-listing lets the change be made, shortened; null when it is not held back for that. */
    public String allowableKey() {
        return heldBack != null && heldBack.isAllowable() ? Printable.keyId(id.substring(id.indexOf(':') + 1)) : null;
    }

    /** A change that was tried, or would be. */
    public ChangeRecord(
            String id,
            ChangeKind kind,
            String description,
            Outcome outcome,
            String approvedBy,
            Instant at,
            String requestId,
            String detail) {
        this(id, kind, description, outcome, approvedBy, at, requestId, detail, null);
    }

    /** A change that was held back. */
    public static ChangeRecord skipped(PlannedChange change, HeldBack because) {
        return new ChangeRecord(
                change.id(),
                change.kind(),
                change.description(),
                Outcome.SKIPPED,
                null,
                Instant.now(),
                null,
                because.sentence(),
                because);
    }

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
