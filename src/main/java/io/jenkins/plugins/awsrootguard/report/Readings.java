package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootActivity;
import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport;
import io.jenkins.plugins.awsrootguard.facts.CredentialReport.ReportKey;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The facts of an account in words, one line an API action, without an evaluation. Key ids are shortened. */
public final class Readings {

    /**
     * What one API action reported.
     *
     * @param call the action in IAM notation
     * @param time when AWS answered
     * @param unknown whether it could not be read
     * @param said what it reported, or why it could not be read; one line
     */
    public record Reading(String call, Times.Text time, boolean unknown, String said) {}

    /** Replaces the API action where a user confirmed a change. */
    public static final String STATEMENT = "statement";

    private Readings() {}

    /** Returns the readings, the credential report first. */
    public static List<Reading> of(AccountFacts facts) {
        List<Reading> all = new ArrayList<>();
        add(all, facts.report(), Readings::report);
        add(all, facts.summary(), Readings::summary);
        add(all, facts.mfaDevices(), Readings::mfa);
        add(all, facts.accessKeys(), Readings::keys);
        add(all, facts.certificates(), c -> count(c.size(), "signing certificate"));
        add(all, facts.passwordPolicy(), Readings::policy);
        add(all, facts.administrators(), Readings::administrators);
        add(all, facts.organization(), Readings::organization);
        add(all, facts.activity(), Readings::activity);
        facts.confirmation()
                .ifPresent(c -> all.add(new Reading(
                        STATEMENT,
                        Times.Text.of(c.at()),
                        false,
                        "root password changed on " + Times.minutes(c.changedAt()) + ", by " + c.by() + "; "
                                + c.corroboration())));
        return all;
    }

    private static <T> void add(List<Reading> all, Fact<T> fact, Function<T, String> words) {
        String said = fact.isKnown() ? words.apply(fact.get()) : fact.unread().sentence();
        all.add(new Reading(fact.source().call(), Times.Text.of(fact.source().at()), !fact.isKnown(), said));
    }

    private static String report(CredentialReport r) {
        List<String> parts = new ArrayList<>();
        parts.add("root password "
                + (r.root().passwordEnabled() == null
                        ? "not reported"
                        : onOff(r.root().passwordEnabled()))
                + ", last used " + time(r.root().passwordLastUsed()) + ", last changed "
                + time(r.root().passwordLastChanged()));
        parts.add("MFA "
                + (r.root().mfaActive() == null
                        ? "not reported"
                        : onOff(r.root().mfaActive())));
        for (ReportKey key : r.root().keys()) {
            parts.add("access key " + key.number() + ": " + key(key));
        }
        parts.add(count(r.totals().users(), "IAM user"));
        return String.join("; ", parts);
    }

    private static String key(ReportKey key) {
        if (!key.isTold()) {
            return "not reported";
        }
        if (!key.isActive() && !key.isInactive()) {
            return "none";
        }
        return (key.isActive() ? "active" : "inactive") + ", created " + time(key.lastRotated()) + ", last used "
                + time(key.lastUsed());
    }

    private static String summary(AccountSummary s) {
        return List.of(
                        AccountSummary.MFA_ENABLED,
                        AccountSummary.ACCESS_KEYS_PRESENT,
                        AccountSummary.PASSWORD_PRESENT,
                        AccountSummary.SIGNING_CERTIFICATES_PRESENT)
                .stream()
                .map(k -> k + " = " + (s.value(k).isPresent() ? s.value(k).getAsInt() : "not reported"))
                .collect(Collectors.joining(", "));
    }

    private static String mfa(RootMfaDevices m) {
        long apps = m.devices().stream().filter(d -> d.virtual()).count();
        String seen =
                count(apps, "authenticator app") + ", " + count(m.devices().size() - apps, "other device");
        return m.complete() ? seen : seen + "; this access method cannot list other devices";
    }

    private static String keys(List<RootAccessKey> keys) {
        return keys.isEmpty()
                ? "no access key"
                : keys.stream()
                        .map(k -> Printable.keyId(k.id()) + " " + (k.active() ? "active" : "inactive") + ", last used "
                                + time(k.lastUsed()))
                        .collect(Collectors.joining("; "));
    }

    private static String policy(PasswordPolicy p) {
        if (!p.custom()) {
            return "none; the AWS default applies";
        }
        return "at least " + p.minimumLength() + " characters, "
                + (p.requiresAllClasses() ? "all four classes" : "not all four classes") + ", "
                + (p.reusePrevention() == 0 ? "reuse allowed" : "last " + p.reusePrevention() + " cannot be reused")
                + ", "
                + (p.maxAgeDays() == 0 ? "no expiry" : "expires after " + p.maxAgeDays() + " days");
    }

    private static String administrators(List<Administrator> all) {
        return all.isEmpty()
                ? "no IAM user has AdministratorAccess"
                : all.stream()
                        .map(a -> Printable.text(a.userName(), 64)
                                + (a.mfa() == null ? " (MFA unknown" : a.mfa() ? " (MFA" : " (no MFA")
                                + switch (a.standing()) {
                                    case LISTED -> ")";
                                    case PROVEN -> ", unrestricted)";
                                    case LIMITED -> ", restricted)";
                                    case DEPENDS -> ", possibly restricted)";
                                    case UNREAD -> ", restrictions unknown)";
                                })
                        .collect(Collectors.joining(", "));
    }

    private static String organization(CentralRootManagement o) {
        if (!o.inOrganization()) {
            return "the account is in no organization";
        }
        return "root credentials management " + onOff(o.credentialsManagement()) + ", root sessions "
                + onOff(o.sessions());
    }

    private static String activity(RootActivity a) {
        String none = a.searchedFrom() == null ? "not in the last 90 days" : "not since " + Times.minutes(a.searchedFrom());
        return "last use " + event(a.lastUse(), none) + ", last password change " + event(a.lastPasswordChange(), none);
    }

    private static String event(RootActivity.Event event, String none) {
        return event == null ? none : Times.minutes(event.at()) + " (" + event.name() + ")";
    }

    private static String time(ReportTime t) {
        return switch (t.kind()) {
            case AT -> Times.minutes(t.at());
            case NONE -> "never";
            case NEVER_USED -> "never";
            case NOT_TOLD -> "not reported";
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String count(long n, String what) {
        return n == 0 ? "no " + what : n == 1 ? "1 " + what : n + " " + what + "s";
    }
}
