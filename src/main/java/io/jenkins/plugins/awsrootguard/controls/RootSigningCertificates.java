package io.jenkins.plugins.awsrootguard.controls;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.stream.Stream;

/** {@code root-signing-certificates}: root has no X.509 signing certificate. */
final class RootSigningCertificates {

    private RootSigningCertificates() {}

    static Verdict judge(AccountFacts facts, Policy policy) {
        RootEvidence evidence = new RootEvidence(facts, policy.thresholds());
        Integer count = count(facts, evidence);
        if (count == null) {
            return Verdict.unread("whether root has a signing certificate", evidence);
        }
        if (count > 0) {
            return Verdict.fail(
                            count == 1
                                    ? "Root has a signing certificate."
                                    : "Root has " + count + " signing certificates.",
                            evidence.evidence())
                    .about(subjects(facts));
        }
        return Verdict.pass("Root has no signing certificate.", evidence.evidence());
    }

    private static Stream<Subject> subjects(AccountFacts facts) {
        if (facts.certificates().isKnown()) {
            return facts.certificates().get().stream().map(c -> new Subject(Subject.Kind.CERTIFICATE, c.id()));
        }
        return facts.report().isKnown()
                ? facts.report().get().root().certificates().stream()
                        .filter(ReportCertificate::exists)
                        .map(c -> Subject.slot(
                                Subject.Kind.CERTIFICATE_SLOT,
                                c.number(),
                                c.lastRotated().at()))
                : Stream.empty();
    }

    private static Integer count(AccountFacts facts, RootEvidence evidence) {
        Integer present = evidence.summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT);
        if (facts.certificates().isKnown()) {
            int n = facts.certificates().get().size();
            evidence.add(facts.certificates(), "root has " + n + " signing certificate" + (n == 1 ? "" : "s"));
            if (n == 0 && present != null && present > 0) {
                evidence.gap(Unread.Kind.LISTED_NONE, "iam:ListSigningCertificates", "signing certificate");
                return null;
            }
            return n;
        }
        if (present != null) {
            return present;
        }
        evidence.gap(facts.certificates().unread());
        ReportRoot root = evidence.report();
        if (root == null) {
            return null;
        }
        int n = 0;
        boolean reported = true;
        for (ReportCertificate c : root.certificates()) {
            if (c.exists()) {
                n++;
                evidence.add(
                        facts.report(),
                        c.number() > 2
                                ? "additional_credentials_info lists certificate " + c.number()
                                : "cert_" + c.number() + "_active = " + c.active());
            } else if (!c.isReported()) {
                reported = false;
                evidence.gap(Unread.Kind.NOT_REPORTED, "iam:GetCredentialReport", "cert_" + c.number());
            }
        }
        if (n == 0 && reported) {
            evidence.add(facts.report(), "cert_1_active = false, cert_2_active = false");
        }
        return n == 0 && !reported ? null : Integer.valueOf(n);
    }
}
