package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.remediation.ChangeKind;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import java.util.List;

/**
 * What phase 3 ended in.
 *
 * @param state as it was stored
 * @param dryRun whether nothing was to be changed
 * @param records one a planned change
 * @param signingKey the id of root's key that signed the calls; null when it was no key of root's
 */
public record Secured(AccountState state, boolean dryRun, List<ChangeRecord> records, String signingKey) {

    public Secured {
        records = List.copyOf(records);
    }

    public long count(ChangeRecord.Outcome outcome) {
        return records.stream().filter(r -> r.outcome() == outcome).count();
    }

    /** Whether the credentials that the build works with are gone: nothing more can be read with them. */
    public boolean isSigningKeyDeleted() {
        return signingKey != null
                && records.stream()
                        .anyMatch(r -> r.outcome() == ChangeRecord.Outcome.DONE
                                && r.kind() == ChangeKind.DELETE_ROOT_ACCESS_KEY
                                && r.id().endsWith(":" + signingKey));
    }

    public boolean isComplete() {
        return dryRun || count(ChangeRecord.Outcome.DONE) == records.size();
    }

    /** What was left undone, in one line; empty when nothing was. */
    public String shortfall() {
        if (isComplete()) {
            return "";
        }
        long failed = count(ChangeRecord.Outcome.FAILED);
        long skipped = count(ChangeRecord.Outcome.SKIPPED);
        String what = failed == 0 ? "" : failed + " of " + records.size() + " changes failed";
        String rest = skipped == 0
                ? ""
                : skipped + " of " + records.size() + " changes " + (skipped == 1 ? "was" : "were") + " not made";
        String reason = records.stream()
                .filter(r -> r.outcome() == (failed > 0 ? ChangeRecord.Outcome.FAILED : ChangeRecord.Outcome.SKIPPED))
                .findFirst()
                .map(r -> ": " + r.description() + ": " + r.detail())
                .orElse("");
        return what + (what.isEmpty() || rest.isEmpty() ? "" : ", ") + rest + reason;
    }
}
