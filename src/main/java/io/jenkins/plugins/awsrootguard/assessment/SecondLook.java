package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Fact;

/**
 * Reads the lists that {@link Sparing} left out after all, where the credential report tells of something in them. The report
 * can be hours old, so that it alone proves nothing; but two answers that don't go together are worth a call.
 */
record SecondLook(AccountFacts facts, RootCredentialsReader reader) {

    AccountFacts take() {
        if (!facts.report().isKnown()) {
            return facts;
        }
        ReportRoot root = facts.report().get().root();
        boolean key = root.keys().stream().anyMatch(k -> k.isActive() || k.isInactive());
        boolean certificate = root.certificates().stream().anyMatch(ReportCertificate::exists);
        boolean mfa = Boolean.TRUE.equals(root.mfaActive());
        return facts.withRootCredentials(
                mfa && isSpared(facts.mfaDevices()) ? reader.mfaDevices() : facts.mfaDevices(),
                key && isSpared(facts.accessKeys()) ? reader.accessKeys() : facts.accessKeys(),
                certificate && isSpared(facts.certificates()) ? reader.certificates() : facts.certificates());
    }

    /** A list that was not read has the summary for its source. */
    private boolean isSpared(Fact<?> list) {
        return list.isKnown() && list.source().equals(facts.summary().source());
    }
}
