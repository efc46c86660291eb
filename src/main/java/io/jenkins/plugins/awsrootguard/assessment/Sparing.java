package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Spares a privileged root session the lists that are empty: the account summary, live as they are, has said so already. In an
 * organization of a thousand accounts that is thousands of calls. Anything but a plain 0 and the list is read.
 */
record Sparing(AccessMethod route, Fact<AccountSummary> summary) {

    Fact<RootMfaDevices> mfaDevices(Supplier<Fact<RootMfaDevices>> call) {
        return unlessNone(AccountSummary.MFA_ENABLED, new RootMfaDevices(List.of(), true), call);
    }

    Fact<List<RootAccessKey>> accessKeys(Supplier<Fact<List<RootAccessKey>>> call) {
        return unlessNone(AccountSummary.ACCESS_KEYS_PRESENT, List.of(), call);
    }

    Fact<List<SigningCertificate>> certificates(Supplier<Fact<List<SigningCertificate>>> call) {
        return unlessNone(AccountSummary.SIGNING_CERTIFICATES_PRESENT, List.of(), call);
    }

    private <T> Fact<T> unlessNone(String key, T none, Supplier<Fact<T>> call) {
        if (route != AccessMethod.ROOT_SESSION || !summary.isKnown()) {
            return call.get();
        }
        OptionalInt count = summary.get().value(key);
        return count.isPresent() && count.getAsInt() == 0 ? Fact.known(none, summary.source()) : call.get();
    }
}
