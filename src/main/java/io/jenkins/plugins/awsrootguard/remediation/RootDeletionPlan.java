package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plans the deletions of root's credentials: certificates, then keys, and the key that signs the calls last of all. A key
 * that was used recently is held back unless it is named: something may still depend on it.
 */
final class RootDeletionPlan {

    /** The target of a deletion whose id isn't known; a blank in it, so that no id and no name can be it. */
    static final String UNNAMED = "not known";

    private RootDeletionPlan() {}

    static List<PlannedChange> of(
            AccountFacts facts, Findings findings, Thresholds thresholds, RemediationSettings settings) {
        List<PlannedChange> changes = new ArrayList<>();
        if (facts.certificates().isKnown()) {
            for (SigningCertificate c : facts.certificates().get()) {
                changes.add(new PlannedChange(
                        ChangeKind.DELETE_SIGNING_CERTIFICATE,
                        c.id(),
                        "Delete root's signing certificate " + Printable.text(c.id(), 40),
                        "root-signing-certificates",
                        null));
            }
        } else if (fails(findings, "root-signing-certificates")) {
            changes.add(
                    unnamed(ChangeKind.DELETE_SIGNING_CERTIFICATE, "signing certificate", "root-signing-certificates"));
        }
        if (facts.accessKeys().isKnown()) {
            facts.accessKeys().get().stream()
                    .sorted(Comparator.comparing(RootAccessKey::signsCalls))
                    .forEach(key -> changes.add(deletion(key, facts, thresholds, settings)));
        } else if (fails(findings, "root-access-keys") || fails(findings, "root-access-keys-inactive")) {
            changes.add(unnamed(ChangeKind.DELETE_ROOT_ACCESS_KEY, "access key", "root-access-keys"));
        }
        return changes;
    }

    /** Something that is known to exist, but whose id only root can read. */
    private static PlannedChange unnamed(ChangeKind kind, String what, String control) {
        return new PlannedChange(
                kind,
                UNNAMED,
                "Delete root's " + what,
                control,
                HeldBack.because(HeldBack.Reason.ROOT_ACCESS_REQUIRED));
    }

    private static PlannedChange deletion(
            RootAccessKey key, AccountFacts facts, Thresholds thresholds, RemediationSettings settings) {
        String shown = Printable.keyId(key.id());
        return new PlannedChange(
                ChangeKind.DELETE_ROOT_ACCESS_KEY,
                key.id(),
                "Delete root's " + (key.active() ? "active" : "inactive") + " access key " + shown + ", " + lastUse(key)
                        + (key.signsCalls() ? "; it signs these calls and goes last" : ""),
                key.active() ? "root-access-keys" : "root-access-keys-inactive",
                settings.names(key.id()) ? null : heldBack(key, facts.readAt(), thresholds));
    }

    private static String lastUse(RootAccessKey key) {
        return switch (key.lastUsed().kind()) {
            case AT ->
                "last used " + key.lastUsed().at()
                        + (key.lastUsedService() == null ? "" : " for " + Printable.text(key.lastUsedService(), 40));
            case NEVER_USED, NONE -> "never used";
            case NOT_TOLD -> "last use not known";
        };
    }

    /**
     * Why a key that is not allow-listed is held back; null when it is not.
     *
     * @param now when the key was looked at
     */
    static HeldBack heldBack(RootAccessKey key, Instant now, Thresholds thresholds) {
        String days = String.valueOf(thresholds.recentUseDays());
        if (key.signsCalls()) {
            // Whatever AWS's own record says, which can lag: it was used just now.
            return new HeldBack(HeldBack.Reason.KEY_SIGNS_RUN, days);
        }
        ReportTime used = key.lastUsed();
        if (!used.isTold()) {
            return HeldBack.because(HeldBack.Reason.KEY_LAST_USE_UNKNOWN);
        }
        Instant edge = now.minus(Duration.ofDays(thresholds.recentUseDays()));
        return used.isAt() && used.at().isAfter(edge) ? new HeldBack(HeldBack.Reason.KEY_RECENTLY_USED, days) : null;
    }

    private static boolean fails(Findings findings, String control) {
        return findings.find(control).map(Finding::status).orElse(null) == Status.FAIL;
    }
}
