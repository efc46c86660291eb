package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;

/**
 * An entry of the journal: a change that was made, attempted, held back or reported by a dry run. It is stored before the call
 * ({@link Outcome#STARTED}) and again after it.
 *
 * @param id the {@link PlannedChange#id()}
 * @param approvedBy who approved it; null when it was not attempted
 * @param requestId AWS's; null without one
 * @param detail what happened, one line; for a change that was held back, the sentence of the reason
 * @param heldBack why it was not attempted; null when it was, and in a dry run
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
        return heldBack != null && heldBack.isAllowable() ? Printable.keyId(target()) : null;
    }

    /**
     * A change that was held back.
     *
     * @param approvedBy null if it was not approved
     */
    public static ChangeRecord skipped(PlannedChange change, String approvedBy, HeldBack because) {
        return new ChangeRecord(
                change.id(),
                change.kind(),
                change.description(),
                Outcome.SKIPPED,
                approvedBy,
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
        /** The call was about to be made. Without a later entry its outcome is unknown. */
        STARTED,
        /** AWS confirmed it. */
        DONE,
        /** It failed, or could not be confirmed; the detail says what to do. */
        FAILED,
        /** It was held back. */
        SKIPPED,
        /** A dry run: it would have been made. */
        WOULD_DO
    }
}
