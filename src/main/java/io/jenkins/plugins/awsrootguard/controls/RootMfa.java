package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.policy.Policy;

/** {@code root-mfa}: a root user that can be used at all needs a second factor. */
final class RootMfa extends Control {

    RootMfa() {
        super(new Rule(
                "root-mfa",
                "Root user has MFA",
                "Without MFA, anyone who has the root password has full access to the account.",
                """
                        1. Sign in to the AWS console as root.
                        2. Open Security credentials.
                        3. Choose Assign MFA device and complete the wizard. If root has no password, delete its access keys \
                        instead. In a member account, phase 3 can delete the root password instead.""",
                References.start()
                        .cis("1.5", "1.4", "2.4", "2.5")
                        .securityHub("IAM.9")
                        .pciDss("8.4.2")
                        .iamGuide("MFA for the root user", "enable-mfa-for-root.html")
                        .list()));
    }

    @Override
    Verdict judge(AccountFacts facts, Policy policy) {
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
        Boolean key = RootKeyCount.of(facts, evidence).any();
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
}
