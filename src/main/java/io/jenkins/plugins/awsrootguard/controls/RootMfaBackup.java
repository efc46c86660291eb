package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.List;

/** {@code root-mfa-backup}: root has more than one MFA device. */
final class RootMfaBackup extends Control {

    /** The two answers of AWS contradict each other, so neither is used. */
    static final Unread CONTRADICTION = new Unread(Unread.Kind.LISTED_NONE, "iam:ListMFADevices", "MFA device");

    static final Unread OTHER_CONTRADICTION = new Unread(Unread.Kind.LISTED_ONE, "iam:ListMFADevices", "MFA device");

    RootMfaBackup() {
        super(new Rule(
                "root-mfa-backup",
                "Root has a second MFA device",
                "If the only MFA device is lost, AWS Support must restore root access, which can take days.",
                """
                        1. Sign in as root.
                        2. Open Security credentials and choose Assign MFA device.
                        3. Store the second device in a different place.""",
                References.start()
                        .iamGuide("MFA in IAM, several devices", "id_credentials_mfa.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
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
                .about(devices.devices().stream().map(RootMfaBackup::subject));
    }

    static Subject subject(RootMfaDevices.MfaDevice device) {
        return new Subject(Subject.Kind.MFA_DEVICE, device.serial());
    }

    /**
     * The verdict of a control on root's MFA devices without devices to judge; null when they were read.
     *
     * @param mfa whether root has MFA; null if unknown
     * @param subject what could not be read
     */
    static Verdict withoutDevices(AccountFacts facts, RootEvidence evidence, Boolean mfa, String subject) {
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
