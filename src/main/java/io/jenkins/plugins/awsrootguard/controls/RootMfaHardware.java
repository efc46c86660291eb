package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices.MfaDevice;
import io.jenkins.plugins.awsrootguard.policy.Policy;

/** {@code root-mfa-hardware}: root's MFA is not an authenticator app. */
final class RootMfaHardware extends Control {

    RootMfaHardware() {
        super(new Rule(
                "root-mfa-hardware",
                "Root's MFA is hardware or a passkey",
                "The secret of an authenticator app can be copied and its codes can be phished.",
                "Sign in as root, add a FIDO2 security key or a hardware token, then remove the virtual device.",
                References.start()
                        .cis("1.6", "1.5", "2.5", "2.6")
                        .securityHub("IAM.6")
                        .iamGuide("hardware MFA for the root user", "enable-hw-mfa-for-root.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Boolean mfa = evidence.hasMfa().orElse(null);
        Verdict none = RootMfaBackup.withoutDevices(facts, evidence, mfa, "root's MFA devices");
        if (none != null) {
            return none;
        }
        RootMfaDevices devices = facts.mfaDevices().get();
        if (devices.complete() && devices.devices().isEmpty()) {
            evidence.add(facts.mfaDevices(), "no device belongs to root");
            return Verdict.unknown(RootMfaBackup.CONTRADICTION.sentence(), evidence.evidence());
        }
        if (devices.anyVirtual()) {
            evidence.add(facts.mfaDevices(), devices.description());
            return Verdict.fail("Root's MFA is a virtual device (an authenticator app).", evidence.evidence())
                    .about(devices.devices().stream().filter(MfaDevice::virtual).map(RootMfaBackup::subject));
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
}
