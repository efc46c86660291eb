package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the account summary (live) and the credential report (up to four hours old) tell different things. */
final class Disagreements {

    private final AccountFacts facts;
    private final List<String> found = new ArrayList<>();

    private Disagreements(AccountFacts facts) {
        this.facts = facts;
    }

    static List<String> of(AccountFacts facts) {
        if (!facts.report().isKnown() || !facts.summary().isKnown()) {
            return List.of();
        }
        Disagreements d = new Disagreements(facts);
        ReportRoot root = facts.report().get().root();
        d.compare("root MFA", AccountSummary.MFA_ENABLED, root.mfaActive());
        d.compare("a root password", AccountSummary.PASSWORD_PRESENT, root.passwordEnabled());
        d.compare(
                "a root access key",
                AccountSummary.ACCESS_KEYS_PRESENT,
                key(root).orElse(null));
        d.compare(
                "a root signing certificate",
                AccountSummary.SIGNING_CERTIFICATES_PRESENT,
                certificate(root).orElse(null));
        return List.copyOf(d.found);
    }

    private static Optional<Boolean> key(ReportRoot root) {
        if (root.keys().stream().anyMatch(k -> k.isActive() || k.isInactive())) {
            return Optional.of(true);
        }
        return root.keys().stream().allMatch(ReportKey::isReported) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Boolean> certificate(ReportRoot root) {
        if (root.certificates().stream().anyMatch(ReportCertificate::exists)) {
            return Optional.of(true);
        }
        return root.certificates().stream().allMatch(ReportCertificate::isReported)
                ? Optional.of(false)
                : Optional.empty();
    }

    private void compare(String what, String summaryKey, Boolean reported) {
        OptionalInt live = facts.summary().get().value(summaryKey);
        if (live.isEmpty() || reported == null || reported == live.getAsInt() > 0) {
            return;
        }
        found.add("AWS's two sources disagree on " + what + ": the account summary, live, says "
                + (live.getAsInt() > 0 ? "yes" : "no") + "; the credential report of "
                + facts.report().get().generatedAt() + " says " + (reported ? "yes" : "no")
                + ". The live call counts; the report follows within four hours.");
    }
}
