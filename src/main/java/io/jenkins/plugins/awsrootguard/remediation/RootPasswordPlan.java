package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Plans the removal of a member account's root password, and of root's MFA after it: a root user that has no password can't be
 * signed in to, and needs no MFA.
 *
 * <p>It locks nobody out. What only root can do in a member account, the organization's management account can still do or
 * allow: the session that deletes the password is of the same kind as the one that allows its recovery
 * ({@link ChangeKind#ALLOW_ROOT_PASSWORD_RECOVERY}), after which whoever reads the root user's mailbox sets a new one. That
 * rests on the organization managing root users centrally. So the removal is refused unless AWS says, just before it, that
 * both features are on; and a management or standalone account, which no session can reach, is never planned for.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">AWS: centralize root access
 *     for member accounts</a>
 */
final class RootPasswordPlan {

    private RootPasswordPlan() {}

    static List<PlannedChange> of(AccountFacts facts, RemediationSettings settings) {
        OptionalInt password = password(facts);
        boolean meant = settings.removeRootPassword()
                && facts.route() == AccessMethod.ROOT_SESSION
                && facts.partition().rootHasConsole();
        if (!meant || password.isEmpty()) {
            return List.of();
        }
        HeldBack refused = refusedBecause(facts.organization());
        List<PlannedChange> changes = new ArrayList<>();
        if (password.getAsInt() != 0) {
            changes.add(new PlannedChange(
                    ChangeKind.DELETE_ROOT_PASSWORD,
                    facts.accountId(),
                    "Delete the root user's password; nobody can sign in as root then, until the management account allows"
                            + " password recovery",
                    "root-password-rotation",
                    refused));
        }
        if (facts.mfaDevices().isKnown()) {
            facts.mfaDevices().get().devices().forEach(device -> changes.add(deactivation(device, refused)));
        } else {
            changes.add(new PlannedChange(
                    ChangeKind.DEACTIVATE_ROOT_MFA,
                    RootDeletionPlan.UNNAMED,
                    "Deactivate root's MFA devices",
                    "root-mfa",
                    new HeldBack(
                            HeldBack.Reason.MFA_DEVICES_UNREAD,
                            facts.mfaDevices().unread().sentence())));
        }
        return changes;
    }

    /** 1 when root has a password, 0 when it has none, empty when that isn't known. */
    static OptionalInt password(AccountFacts facts) {
        return facts.summary().isKnown()
                ? facts.summary().get().value(AccountSummary.PASSWORD_PRESENT)
                : OptionalInt.empty();
    }

    private static PlannedChange deactivation(MfaDevice device, HeldBack refused) {
        return new PlannedChange(
                ChangeKind.DEACTIVATE_ROOT_MFA,
                device.serial(),
                "Deactivate root's MFA device " + Printable.text(device.serial(), 120)
                        + (device.virtual() ? " and delete it" : "") + ", once root has no password and no key",
                "root-mfa",
                refused);
    }

    /** Why a password may not be removed as things stand; null when central management is known to be on. */
    static HeldBack refusedBecause(Fact<CentralRootManagement> central) {
        if (!central.isKnown()) {
            return new HeldBack(
                    HeldBack.Reason.CENTRAL_ROOT_MANAGEMENT_UNREAD,
                    central.unread().sentence());
        }
        CentralRootManagement now = central.get();
        return now.credentialsManagement() && now.sessions()
                ? null
                : HeldBack.because(HeldBack.Reason.CENTRAL_ROOT_MANAGEMENT_OFF);
    }
}
