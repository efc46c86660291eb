package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.RootCredentialsReader;
import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportCertificate;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportRoot;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Root's MFA devices, access keys and signing certificates. A root session does not list what the account summary, which is
 * current, counts as 0: for an organization of 1,000 accounts that is thousands of calls.
 */
final class RootLists {

    private final AccessMethod route;
    private final Fact<AccountSummary> summary;
    private final RootCredentialsReader reader;
    private Fact<RootMfaDevices> mfaDevices;
    private Fact<List<RootAccessKey>> accessKeys;
    private Fact<List<SigningCertificate>> certificates;

    RootLists(AccountConnection connection, Fact<AccountSummary> summary) {
        this.route = connection.accessMethod();
        this.summary = summary;
        this.reader = new RootCredentialsReader(connection);
        mfaDevices = unlessNone(AccountSummary.MFA_ENABLED, new RootMfaDevices(List.of(), true), reader::mfaDevices);
        accessKeys = unlessNone(AccountSummary.ACCESS_KEYS_PRESENT, List.of(), reader::accessKeys);
        certificates = unlessNone(AccountSummary.SIGNING_CERTIFICATES_PRESENT, List.of(), reader::certificates);
    }

    private <T> Fact<T> unlessNone(String key, T none, Supplier<Fact<T>> list) {
        if (route != AccessMethod.ROOT_SESSION || !summary.isKnown()) {
            return list.get();
        }
        OptionalInt count = summary.get().value(key);
        return count.isPresent() && count.getAsInt() == 0 ? Fact.known(none, summary.source()) : list.get();
    }

    /** Reads the lists that were not read, where the credential report contradicts the account summary. */
    void complete(ReportRoot root) {
        if (Boolean.TRUE.equals(root.mfaActive()) && isFromSummary(mfaDevices)) {
            mfaDevices = reader.mfaDevices();
        }
        if (root.keys().stream().anyMatch(k -> k.isActive() || k.isInactive()) && isFromSummary(accessKeys)) {
            accessKeys = reader.accessKeys();
        }
        if (root.certificates().stream().anyMatch(ReportCertificate::exists) && isFromSummary(certificates)) {
            certificates = reader.certificates();
        }
    }

    private boolean isFromSummary(Fact<?> list) {
        return list.isKnown() && list.source().equals(summary.source());
    }

    Fact<RootMfaDevices> mfaDevices() {
        return mfaDevices;
    }

    Fact<List<RootAccessKey>> accessKeys() {
        return accessKeys;
    }

    Fact<List<SigningCertificate>> certificates() {
        return certificates;
    }
}
