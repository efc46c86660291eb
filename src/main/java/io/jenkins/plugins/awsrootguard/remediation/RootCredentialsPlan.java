package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.controls.Findings;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import io.jenkins.plugins.awsrootguard.remediation.HeldBack.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Plans the deletions of root's credentials: certificates, keys with the one that signs the calls last, and in member accounts
 * the password and the MFA devices. A recently used key is held back unless it is allow-listed.
 *
 * <p>Deleting the password locks no one out: a privileged root session can do in the member account what only root can, or allow
 * the recovery of the password ({@link ChangeKind#ALLOW_ROOT_PASSWORD_RECOVERY}). That requires central root management, so the
 * deletion is held back unless AWS reports, right before it, that both features are on. It is not planned for management and
 * standalone accounts, which have no root sessions.
 */
final class RootCredentialsPlan {

    /** The target of a deletion whose id could not be read. It has a blank, so it is no id or name of AWS. */
    private static final String UNKNOWN_ID = "not known";

    private RootCredentialsPlan() {}

    static List<PlannedChange> of(AccountFacts facts, Findings findings, Policy policy, RemediationSettings settings) {
        List<PlannedChange> changes = new ArrayList<>();
        HeldBack rootRequired = HeldBack.because(Reason.ROOT_ACCESS_REQUIRED);
        if (facts.certificates().isKnown()) {
            facts.certificates()
                    .get()
                    .forEach(c -> add(changes, policy, ChangeKind.DELETE_SIGNING_CERTIFICATE.of(c.id(), null)));
        } else if (findings.fails("root-signing-certificates")) {
            changes.add(
                    unknown(ChangeKind.DELETE_SIGNING_CERTIFICATE, "Delete root's signing certificate", rootRequired));
        }
        if (facts.accessKeys().isKnown()) {
            facts.accessKeys().get().stream()
                    .sorted(Comparator.comparing(RootAccessKey::signsCalls))
                    .map(key ->
                            keyDeletion(key, settings.allows(key.id()) ? null : recentUse(key, facts.readAt(), policy)))
                    .forEach(c -> add(changes, policy, c));
        } else if (findings.fails("root-access-keys") || findings.fails("root-access-keys-inactive")) {
            changes.add(unknown(ChangeKind.DELETE_ROOT_ACCESS_KEY, "Delete root's access key", rootRequired));
        }
        OptionalInt password = password(facts);
        if (settings.removeRootPassword()
                && facts.route() == AccessMethod.ROOT_SESSION
                && facts.partition().rootHasConsole()
                && password.isPresent()) {
            addPasswordAndMfa(facts, password.getAsInt() != 0, changes);
        }
        return changes;
    }

    /** Credentials that the policy accepts, by a disabled control or an exception, are not deleted. */
    private static void add(List<PlannedChange> changes, Policy policy, PlannedChange deletion) {
        if (policy.isEnforced(deletion.control())) {
            changes.add(deletion);
        }
    }

    private static void addPasswordAndMfa(AccountFacts facts, boolean hasPassword, List<PlannedChange> changes) {
        HeldBack missing = centralRootMissing(facts.organization());
        if (hasPassword) {
            changes.add(ChangeKind.DELETE_ROOT_PASSWORD.of(facts.accountId(), missing));
        }
        if (facts.mfaDevices().isKnown()) {
            facts.mfaDevices()
                    .get()
                    .devices()
                    .forEach(d -> changes.add(ChangeKind.DEACTIVATE_ROOT_MFA.of(
                            d.serial(), missing, d.virtual() ? " and delete it" : "")));
        } else {
            changes.add(unknown(
                    ChangeKind.DEACTIVATE_ROOT_MFA,
                    "Deactivate root's MFA devices",
                    HeldBack.unread(Reason.MFA_DEVICES_UNREAD, facts.mfaDevices())));
        }
    }

    /** Something that exists, and whose id could not be read. */
    private static PlannedChange unknown(ChangeKind kind, String description, HeldBack heldBack) {
        return new PlannedChange(kind, UNKNOWN_ID, description, kind.control(), heldBack, null);
    }

    private static PlannedChange keyDeletion(RootAccessKey key, HeldBack heldBack) {
        PlannedChange deletion = ChangeKind.DELETE_ROOT_ACCESS_KEY.of(
                key.id(),
                heldBack,
                key.active() ? "active" : "inactive",
                lastUse(key) + (key.signsCalls() ? "; it signs these calls and is deleted last" : ""));
        return key.active() ? deletion : deletion.withControl("root-access-keys-inactive");
    }

    private static String lastUse(RootAccessKey key) {
        return switch (key.lastUsed().kind()) {
            case AT ->
                "last used " + Times.minutes(key.lastUsed().at())
                        + (key.lastUsedService() == null ? "" : " for " + Printable.text(key.lastUsedService(), 40));
            case NEVER_USED, NONE -> "never used";
            case NOT_TOLD -> "last use not known";
        };
    }

    /**
     * Why a key that is not allow-listed is held back; null when it is not.
     *
     * @param readAt when the key was read
     */
    static HeldBack recentUse(RootAccessKey key, Instant readAt, Policy policy) {
        String days = String.valueOf(policy.thresholds().recentUseDays());
        if (key.signsCalls()) {
            // AWS's record of the last use can be hours old.
            return new HeldBack(Reason.KEY_SIGNS_RUN, days);
        }
        ReportTime used = key.lastUsed();
        if (!used.isReported()) {
            return HeldBack.because(Reason.KEY_LAST_USE_UNKNOWN);
        }
        Instant oldest = readAt.minus(Duration.ofDays(policy.thresholds().recentUseDays()));
        return used.isAt() && used.at().isAfter(oldest) ? new HeldBack(Reason.KEY_RECENTLY_USED, days) : null;
    }

    /** 1 when root has a password, 0 when it has none, empty when that could not be read. */
    static OptionalInt password(AccountFacts facts) {
        return facts.summary().isKnown()
                ? facts.summary().get().value(AccountSummary.PASSWORD_PRESENT)
                : OptionalInt.empty();
    }

    /** Why root's password and MFA are held back; null when central root management is known to be on. */
    static HeldBack centralRootMissing(Fact<CentralRootManagement> central) {
        if (!central.isKnown()) {
            return HeldBack.unread(Reason.CENTRAL_ROOT_MANAGEMENT_UNREAD, central);
        }
        return central.get().credentialsManagement() && central.get().sessions()
                ? null
                : HeldBack.because(Reason.CENTRAL_ROOT_MANAGEMENT_OFF);
    }
}
