package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.AccountSummary;
import io.jenkins.plugins.awsrootguard.account.Fact;
import io.jenkins.plugins.awsrootguard.account.RootAccessKey;
import io.jenkins.plugins.awsrootguard.account.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.account.Route;
import io.jenkins.plugins.awsrootguard.account.SigningCertificate;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Spares a privileged root session the lists that are empty: the account summary, live as they are, has said so already. In an
 * organization of a thousand accounts that is thousands of calls. Anything but a plain 0 and the list is read.
 */
record Sparing(Route route, Fact<AccountSummary> summary) {

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
        if (route != Route.ROOT_SESSION || !summary.isKnown()) {
            return call.get();
        }
        OptionalInt count = summary.get().value(key);
        return count.isPresent() && count.getAsInt() == 0 ? Fact.known(none, summary.source()) : call.get();
    }
}
