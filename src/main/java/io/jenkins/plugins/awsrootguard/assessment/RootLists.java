package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Reads root's MFA devices, access keys and signing certificates. A root session does not list what the account summary, which
 * is current, counts as 0: for an organization of 1,000 accounts that is thousands of calls.
 */
record RootLists(AccessMethod route, Fact<AccountSummary> summary, RootCredentialsReader reader) {

    Fact<RootMfaDevices> mfaDevices() {
        return unlessNone(AccountSummary.MFA_ENABLED, new RootMfaDevices(List.of(), true), reader::mfaDevices);
    }

    Fact<List<RootAccessKey>> accessKeys() {
        return unlessNone(AccountSummary.ACCESS_KEYS_PRESENT, List.of(), reader::accessKeys);
    }

    Fact<List<SigningCertificate>> certificates() {
        return unlessNone(AccountSummary.SIGNING_CERTIFICATES_PRESENT, List.of(), reader::certificates);
    }

    private <T> Fact<T> unlessNone(String key, T none, Supplier<Fact<T>> list) {
        if (route != AccessMethod.ROOT_SESSION || !summary.isKnown()) {
            return list.get();
        }
        OptionalInt count = summary.get().value(key);
        return count.isPresent() && count.getAsInt() == 0 ? Fact.known(none, summary.source()) : list.get();
    }

    /** The facts with what is read last, and with the lists that the credential report shows to be needed after all. */
    AccountFacts completed(
            AccountFacts facts, Fact<CredentialReport> report, Fact<List<Administrator>> administrators) {
        ReportRoot root = report.isKnown() ? report.get().root() : ReportRoot.NONE;
        boolean mfa = Boolean.TRUE.equals(root.mfaActive());
        boolean key = root.keys().stream().anyMatch(k -> k.isActive() || k.isInactive());
        boolean certificate = root.certificates().stream().anyMatch(ReportCertificate::exists);
        return facts.completed(
                report,
                administrators,
                mfa && isFromSummary(facts.mfaDevices()) ? reader.mfaDevices() : facts.mfaDevices(),
                key && isFromSummary(facts.accessKeys()) ? reader.accessKeys() : facts.accessKeys(),
                certificate && isFromSummary(facts.certificates()) ? reader.certificates() : facts.certificates());
    }

    private boolean isFromSummary(Fact<?> list) {
        return list.isKnown() && list.source().equals(summary.source());
    }
}
