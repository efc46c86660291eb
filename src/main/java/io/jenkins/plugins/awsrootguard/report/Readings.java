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
import io.jenkins.plugins.awsrootguard.facts.PasswordConfirmation;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.Times;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts of an account in words, one line an API action, without an evaluation. Key ids are shortened. */
public final class Readings {

    /**
     * What one API action reported.
     *
     * @param call the action in IAM notation; {@code statement} where a user confirmed a change
     * @param time when AWS answered
     * @param unknown whether it could not be read
     * @param result what it reported, or why it could not be read; one line
     */
    public record Reading(String call, Times.Text time, boolean unknown, String result) {}

    private Readings() {}

    /** Returns the readings, the credential report first. */
    public static List<Reading> of(AccountFacts facts) {
        return Stream.concat(
                        Stream.of(
                                reading(facts.report(), Readings::report),
                                reading(facts.summary(), Readings::summary),
                                reading(facts.mfaDevices(), Readings::mfa),
                                reading(facts.accessKeys(), Readings::keys),
                                reading(facts.certificates(), c -> count(c.size(), "signing certificate")),
                                reading(facts.passwordPolicy(), Readings::policy),
                                reading(facts.administrators(), Readings::administrators),
                                reading(facts.organization(), Readings::organization),
                                reading(facts.securityContact(), has -> (has ? "a" : "no") + " security contact"),
                                reading(facts.activity(), Readings::activity)),
                        Stream.ofNullable(facts.passwordConfirmation()).map(Readings::confirmation))
                .toList();
    }

    private static <T> Reading reading(Fact<T> fact, Function<T, String> words) {
        String result = fact.isKnown() ? words.apply(fact.get()) : fact.unread().sentence();
        return new Reading(fact.source().call(), Times.Text.of(fact.source().at()), !fact.isKnown(), result);
    }

    private static Reading confirmation(PasswordConfirmation c) {
        String result = "root password changed on " + Times.minutes(c.changedAt()) + ", by " + c.by() + "; "
                + c.corroboration();
        return new Reading("statement", Times.Text.of(c.at()), false, result);
    }

    private static String report(CredentialReport r) {
        Stream<String> root = Stream.of(
                "root password " + onOff(r.root().passwordEnabled()) + ", last used "
                        + time(r.root().passwordLastUsed()) + ", last changed "
                        + time(r.root().passwordLastChanged()),
                "MFA " + onOff(r.root().mfaActive()));
        Stream<String> keys = r.root().keys().stream().map(k -> "access key " + k.number() + ": " + key(k));
        return Stream.of(root, keys, Stream.of(count(r.totals().users(), "IAM user")))
                .flatMap(Function.identity())
                .collect(Collectors.joining("; "));
    }

    private static String key(ReportKey key) {
        if (!key.isActive() && !key.isInactive()) {
            return key.isReported() ? "none" : "not reported";
        }
        return activeOr(key.isActive()) + ", created " + time(key.lastRotated()) + ", last used "
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
        String listed = m.devices().isEmpty() ? "no " + (m.complete() ? "" : "virtual ") + "device" : m.description();
        return m.complete() ? listed : listed + "; this access method cannot list other devices";
    }

    private static String keys(List<RootAccessKey> keys) {
        return keys.isEmpty()
                ? "no access key"
                : keys.stream()
                        .map(k -> Printable.keyId(k.id()) + " " + (activeOr(k.active())) + ", last used "
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
                ? "no IAM user or role has AdministratorAccess"
                : all.stream()
                        .map(a -> Printable.text(a.userName(), 64)
                                + (a.isRole()
                                        ? " (role"
                                        : a.mfa() == null ? " (MFA unknown" : a.mfa() ? " (MFA" : " (no MFA")
                                + switch (a.standing()) {
                                    case LISTED -> ")";
                                    case VERIFIED -> ", unrestricted)";
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
                + onOff(o.sessions()) + ", trusted access for IAM "
                + onOff(o.trustedAccess().value())
                + ", delegated administrators "
                + o.delegatedAdministrators()
                        .map(ids -> ids.isEmpty() ? "none" : String.join(", ", ids))
                        .asOptional()
                        .orElse("not reported");
    }

    private static String activity(RootActivity a) {
        String none =
                a.searchedFrom() == null ? "not in the last 90 days" : "not since " + Times.minutes(a.searchedFrom());
        return "last use " + event(a.lastUse(), none) + ", last password change " + event(a.lastPasswordChange(), none);
    }

    private static String event(RootActivity.Event event, String none) {
        return event == null ? none : Times.minutes(event.at()) + " (" + event.name() + ")";
    }

    private static String time(ReportTime t) {
        return switch (t.kind()) {
            case AT -> Times.minutes(t.at());
            case NONE, NEVER_USED -> "never";
            case NOT_TOLD -> "not reported";
        };
    }

    private static String onOff(Boolean on) {
        return on == null ? "not reported" : on ? "on" : "off";
    }

    private static String activeOr(boolean active) {
        return active ? "active" : "inactive";
    }

    private static String count(long n, String what) {
        return n == 0 ? "no " + what : Sentences.counted(n, what);
    }
}
