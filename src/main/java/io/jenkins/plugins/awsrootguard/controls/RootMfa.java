package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;

/** The controls on root's MFA. */
final class RootMfa {

    private RootMfa() {}

    /** The two answers of AWS contradict each other, so neither is used. */
    static final Unread CONTRADICTION = new Unread(Unread.Kind.LISTED_NONE, "iam:ListMFADevices", "MFA device");

    static final Unread OTHER_CONTRADICTION = new Unread(Unread.Kind.LISTED_ONE, "iam:ListMFADevices", "MFA device");

    /** {@code root-mfa}: a root user that can be used at all needs a second factor. */
    static Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        if (!facts.partition().rootHasConsole()) {
            return Verdict.notApplicable(
                    "Root has no console sign-in in the partition "
                            + facts.partition().id() + ", so it can have no MFA.",
                    evidence.evidence());
        }
        Boolean mfa = evidence.hasMfa().orElse(null);
        if (mfa == null) {
            return Verdict.unread("whether root has MFA", evidence);
        }
        if (mfa) {
            return Verdict.pass("Root has MFA.", evidence.evidence());
        }
        Boolean password = evidence.hasPassword().orElse(null);
        Boolean key = RootAccessKeys.of(facts, evidence).any();
        if (Boolean.TRUE.equals(password)) {
            return Verdict.fail("Root has a password and no MFA.", evidence.evidence());
        }
        if (Boolean.TRUE.equals(key)) {
            return Verdict.fail("Root has an access key and no MFA.", evidence.evidence());
        }
        if (password == null || key == null) {
            return Verdict.unread("whether root, which has no MFA, has a password or an access key", evidence);
        }
        return Verdict.notApplicable("Root has neither a password nor an access key.", evidence.evidence());
    }

    /** {@code root-mfa-hardware}: root's MFA is not an authenticator app. */
    static Verdict judgeHardware(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Boolean mfa = evidence.hasMfa().orElse(null);
        Verdict none = withoutDevices(facts, evidence, mfa, "root's MFA devices");
        if (none != null) {
            return none;
        }
        RootMfaDevices devices = facts.mfaDevices().get();
        if (devices.complete() && devices.devices().isEmpty()) {
            evidence.add(facts.mfaDevices(), "no device belongs to root");
            return Verdict.unknown(CONTRADICTION.sentence(), evidence.evidence());
        }
        if (devices.anyVirtual()) {
            evidence.add(facts.mfaDevices(), devices.description());
            return Verdict.fail("Root's MFA is a virtual device (an authenticator app).", evidence.evidence())
                    .about(devices.devices().stream().filter(MfaDevice::virtual).map(RootMfa::subject));
        }
        evidence.add(
                facts.mfaDevices(), devices.complete() ? devices.description() : "no virtual device belongs to root");
        if (mfa == null) {
            return Verdict.unread("whether root, which has no virtual MFA device, has MFA", evidence);
        }
        String found = devices.complete()
                ? "Root's MFA " + (devices.devices().size() == 1 ? "device: " : "devices: ") + devices.description()
                : "Root's MFA is a security key, a passkey or a hardware TOTP token. Only root credentials or a root session"
                        + " can list which";
        return Verdict.pass(found + ".", evidence.evidence());
    }

    /** {@code root-mfa-backup}: root has more than one MFA device. */
    static Verdict judgeBackup(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Verdict none = withoutDevices(facts, evidence, evidence.hasMfa().orElse(null), "how many MFA devices root has");
        if (none != null) {
            return none;
        }
        RootMfaDevices devices = facts.mfaDevices().get();
        int n = devices.devices().size();
        evidence.add(
                facts.mfaDevices(),
                n
                        + (devices.complete() ? "" : " virtual")
                        + (n == 1 ? " device belongs to root" : " devices belong to root"));
        if (n == 0 && devices.complete()) {
            return Verdict.unknown(CONTRADICTION.sentence(), evidence.evidence());
        }
        if (n >= 2) {
            return Verdict.pass("Root has " + n + " MFA devices.", evidence.evidence());
        }
        if (!devices.complete()) {
            Unread rootOnly = new Unread(Unread.Kind.NEEDS_ROOT, "iam:ListMFADevices");
            return Verdict.unread("how many hardware devices root has", List.of(rootOnly), evidence.evidence());
        }
        return Verdict.fail("Root has only one MFA device.", evidence.evidence())
                .about(devices.devices().stream().map(RootMfa::subject));
    }

    private static Subject subject(RootMfaDevices.MfaDevice device) {
        return new Subject(Subject.Kind.MFA_DEVICE, device.serial());
    }

    /**
     * The verdict of a control on root's MFA devices without devices to judge; null when they were read.
     *
     * @param mfa whether root has MFA; null if unknown
     * @param subject what could not be read
     */
    private static Verdict withoutDevices(AccountFacts facts, RootEvidence evidence, Boolean mfa, String subject) {
        if (!facts.partition().rootHasConsole()) {
            return Verdict.notApplicable("Root can have no MFA in this partition.", evidence.evidence());
        }
        if (Boolean.FALSE.equals(mfa)) {
            return Verdict.notApplicable("Root has no MFA at all: see root-mfa.", evidence.evidence());
        }
        if (Boolean.FALSE.equals(evidence.hasPassword().orElse(null))) {
            return Verdict.notApplicable(
                    "Root has no password, so no one can sign in with an MFA device.", evidence.evidence());
        }
        return facts.mfaDevices().isKnown()
                ? null
                : Verdict.unread(subject, List.of(facts.mfaDevices().unread()), evidence.evidence());
    }
}
