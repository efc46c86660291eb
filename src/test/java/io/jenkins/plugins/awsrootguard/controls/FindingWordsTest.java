package io.jenkins.plugins.awsrootguard.controls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.awsrootguard.facts.AccountSummary;
import io.jenkins.plugins.awsrootguard.facts.Administrator;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Standing;
import io.jenkins.plugins.awsrootguard.facts.CentralRootManagement;
import io.jenkins.plugins.awsrootguard.facts.MfaDevice;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.PasswordPolicy;
import io.jenkins.plugins.awsrootguard.facts.ReportTime;
import io.jenkins.plugins.awsrootguard.facts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.RootMfaDevices;
import io.jenkins.plugins.awsrootguard.facts.SigningCertificate;
import io.jenkins.plugins.awsrootguard.policy.Thresholds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Word for word what people read of an account: each control's texts, and its verdict and evidence on accounts of many kinds.
 * When a text is changed on purpose, the new ones are in {@code target/finding-words.txt}: read them, then put that file in the
 * place of the old one.
 */
class FindingWordsTest {

    private static final String EXPECTED = "/io/jenkins/plugins/awsrootguard/controls/finding-words.txt";
    private static final String UNREAD = "nothing read";
    /** Said once: a finding that is the same as when nothing was read is left out. */
    private static final Findings NOTHING = Controls.judge(Facts.unread().build(), Thresholds.DEFAULT);

    private static final Instant LONG_AGO = Instant.parse("2019-03-01T10:00:00Z");
    private static final MfaDevice APP = new MfaDevice("arn:aws:iam::123456789012:mfa/phone", true, LONG_AGO);
    private static final MfaDevice TOKEN = new MfaDevice("GAHT12345678", false, LONG_AGO);

    @Test
    void peopleReadWhatIsMeant() throws IOException {
        StringBuilder out = new StringBuilder();
        Controls.all().forEach(c -> rule(c.rule(), out));
        accounts().forEach((name, facts) -> account(name, facts, out));
        Path actual = Path.of("target", "finding-words.txt");
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, out);
        try (InputStream in = getClass().getResourceAsStream(EXPECTED)) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), out.toString());
        }
    }

    private static void rule(Rule rule, StringBuilder out) {
        out.append(rule.id()).append(" (").append(rule.severity()).append(")\n    ");
        out.append(rule.title()).append("\n    why: ").append(rule.why());
        out.append("\n    do: ").append(rule.remediation()).append('\n');
        for (Reference r : rule.references()) {
            out.append("    see: ").append(r.label());
            out.append(r.url() == null ? "" : " " + r.url()).append('\n');
        }
    }

    private static void account(String name, Facts facts, StringBuilder out) {
        out.append("\n== ").append(name).append('\n');
        for (Finding f : Controls.judge(facts.build(), Thresholds.DEFAULT).findings()) {
            if (UNREAD.equals(name) || !f.equals(NOTHING.find(f.control()).orElseThrow())) {
                finding(f, out);
            }
        }
    }

    private static void finding(Finding f, StringBuilder out) {
        out.append(f.status())
                .append(' ')
                .append(f.control())
                .append(": ")
                .append(f.summary())
                .append('\n');
        f.evidence()
                .forEach(e -> out.append("    ")
                        .append(e.call())
                        .append(": ")
                        .append(e.text())
                        .append('\n'));
    }

    private static Map<String, Facts> accounts() {
        Map<String, Facts> all = new LinkedHashMap<>();
        all.put(UNREAD, Facts.unread());
        for (String sample :
                List.of("unsecured", "secured", "inactive-key-and-certificate", "no-root-password", "govcloud")) {
            all.put("the report alone, " + sample, Facts.ofSample(sample + ".csv"));
        }
        all.put(
                "a report of one day",
                Facts.unread().report(Facts.sample("secured.csv"), Facts.NOW.minus(Duration.ofDays(1))));
        all.put(
                "a stale report",
                Facts.unread().report(Facts.sample("secured.csv"), Facts.NOW.minus(Duration.ofHours(25))));
        all.put("a report without the columns of keys, certificates and MFA", withoutColumns());
        all.put("GovCloud, nothing read", Facts.unread().partition(Partition.AWS_US_GOV));
        all.put("a secured account, live", live());
        all.put("an account with everything wrong, live", wrong());
        all.put("the summary alone, all there", summary(Facts.unread(), 1, 1, 1, 1));
        all.put("the summary alone, nothing there", summary(Facts.unread(), 0, 0, 0, 0));
        all.put(
                "the summary and an older report that knows of no key",
                summary(Facts.ofSample("secured.csv"), 1, 1, 1, 1));
        all.put("the summary and a report that knows of the key", summary(Facts.ofSample("unsecured.csv"), 0, 1, 1, 0));
        all.put("a summary that the live lists contradict", contradicted());
        all.put(
                "one virtual device, hardware ones unseen",
                summary(Facts.unread(), 1, 1, 0, 0).mfaDevices(new RootMfaDevices(List.of(APP), false)));
        all.put(
                "no virtual device, hardware ones unseen",
                summary(Facts.unread(), 1, 1, 0, 0).mfaDevices(new RootMfaDevices(List.of(), false)));
        all.put("devices, and no summary", Facts.unread().mfaDevices(new RootMfaDevices(List.of(TOKEN), true)));
        all.put("used by CloudTrail only", Facts.ofSample("secured.csv").activity(days(2), days(3)));
        all.put("confirmed by a person", summary(Facts.unread(), 1, 1, 0, 0).confirmed(days(1)));
        all.put(
                "confirmed long ago, changed since",
                summary(Facts.unread(), 1, 1, 0, 0).activity(null, days(10)).confirmed(days(400)));
        all.put(
                "changed 90 days ago to the second",
                summary(Facts.unread(), 1, 1, 0, 0).confirmed(days(90)));
        all.put("asked by root itself", Facts.ofSample("secured.csv").caller("arn:aws:iam::123456789012:root"));
        all.put("GovCloud, keys of unknown use", govCloudWithoutUse());
        all.put(
                "a key of unknown last use, live",
                summary(Facts.ofSample("no-root-password.csv"), 0, 0, 1, 0)
                        .keys(key("AKIAEXAMPLEEXAMP7XQ2", true, ReportTime.NOT_TOLD)));
        all.put(
                "half of central management",
                Facts.unread().organization(new CentralRootManagement(true, true, false)));
        all.put("the other half", Facts.unread().organization(new CentralRootManagement(true, false, true)));
        all.put("in no organization", Facts.unread().organization(new CentralRootManagement(false, false, false)));
        all.put("one administrator, MFA not read", Facts.unread().administrators(admin("carol", null, null)));
        all.put("one administrator without MFA", Facts.unread().administrators(admin("carol", "ops", false)));
        all.put(
                "two administrators without MFA",
                Facts.unread().administrators(admin("carol", "ops", false), admin("dave", null, false)));
        all.put(
                "six administrators, one with MFA",
                Facts.unread()
                        .administrators(
                                admin("a", null, false),
                                admin("b", null, true),
                                admin("c", null, null),
                                admin("d", null, null),
                                admin("e", null, null),
                                admin("f", null, null)));
        all.put("one administrator whom a boundary limits", Facts.unread().administrators(limited("carol")));
        all.put(
                "two administrators, the one with MFA limited",
                Facts.unread().administrators(admin("dave", "ops", false), limited("carol")));
        all.put(
                "an administrator of whom no limit could be read",
                Facts.unread()
                        .administrators(admin("carol", null, true)
                                .withStanding(Standing.UNREAD, "denied: alice may not call iam:GetUser; allow it to")));
        all.put(
                "six administrators, the last whom nothing limits",
                Facts.unread()
                        .administrators(
                                limited("a"),
                                admin("b", null, false),
                                admin("c", null, false),
                                admin("d", null, false),
                                admin("e", null, false),
                                admin("f", "ops", true).withStanding(Standing.PROVEN, null)));
        all.put(
                "an administrator whom a service control policy forbids",
                Facts.unread()
                        .administrators(admin("carol", null, true)
                                .withStanding(Standing.LISTED, "a service control policy decides")));
        all.put("no administrator", Facts.unread().administrators());
        all.put("a policy one short of each number", Facts.unread().policy(policy(13, false, 91, 23)));
        all.put("a policy of exactly the numbers", Facts.unread().policy(policy(14, true, 90, 24)));
        all.put("AWS's default policy", Facts.unread().policy(PasswordPolicy.awsDefault()));
        return all;
    }

    private static Facts live() {
        return summary(Facts.ofSample("secured.csv"), 1, 1, 0, 0)
                .mfaDevices(new RootMfaDevices(List.of(TOKEN, new MfaDevice("GAHT2", false, LONG_AGO)), true))
                .keys()
                .certificates()
                .policy(policy(14, true, 90, 24))
                .administrators(admin("carol", null, true))
                .organization(new CentralRootManagement(true, true, true))
                .activity(null, null)
                .confirmed(days(1));
    }

    private static Facts wrong() {
        return summary(Facts.ofSample("unsecured.csv"), 1, 1, 1, 1)
                .mfaDevices(new RootMfaDevices(List.of(APP), true))
                .keys(
                        key("AKIAEXAMPLEEXAMP7XQ2", true, ReportTime.at(days(2))),
                        key("AKIAEXAMPLEEXAMP8YR3", false, ReportTime.NEVER_USED))
                .certificates(
                        new SigningCertificate("CERTONE", true, LONG_AGO),
                        new SigningCertificate("CERTTWO", false, LONG_AGO))
                .policy(policy(8, false, 0, 0))
                .administrators()
                .organization(new CentralRootManagement(true, false, false))
                .activity(days(1), days(500));
    }

    private static Facts contradicted() {
        return summary(Facts.unread(), 1, 1, 1, 1)
                .mfaDevices(new RootMfaDevices(List.of(), true))
                .keys()
                .certificates();
    }

    private static Facts govCloudWithoutUse() {
        String csv =
                new String(Facts.sample("govcloud.csv"), StandardCharsets.UTF_8).replace("_last_used_date", "_used");
        return Facts.unread().report(csv.getBytes(StandardCharsets.UTF_8), Facts.NOW);
    }

    /** By the names of the columns. */
    private static Facts withoutColumns() {
        String csv = new String(Facts.sample("unsecured.csv"), StandardCharsets.UTF_8)
                .replace("access_key_", "key_")
                .replace("cert_", "certificate_")
                .replace("mfa_active", "mfa")
                .replace("password_enabled", "password");
        return Facts.unread().report(csv.getBytes(StandardCharsets.UTF_8), Facts.NOW);
    }

    private static Facts summary(Facts facts, int mfa, int password, int keys, int certificates) {
        return facts.summary(AccountSummary.MFA_ENABLED, mfa)
                .summary(AccountSummary.PASSWORD_PRESENT, password)
                .summary(AccountSummary.ACCESS_KEYS_PRESENT, keys)
                .summary(AccountSummary.SIGNING_CERTIFICATES_PRESENT, certificates);
    }

    private static RootAccessKey key(String id, boolean active, ReportTime used) {
        return new RootAccessKey(id, active, LONG_AGO, used, used.isAt() ? "iam" : null, false);
    }

    private static Administrator admin(String name, String group, Boolean mfa) {
        return new Administrator(name, "arn:aws:iam::123456789012:user/" + name, group, mfa);
    }

    private static Administrator limited(String name) {
        return admin(name, null, true).withStanding(Standing.LIMITED, "the permissions boundary arn:x bounds it");
    }

    private static PasswordPolicy policy(int length, boolean strict, int age, int reuse) {
        return new PasswordPolicy(true, length, true, true, true, strict, age, reuse, strict, null);
    }

    private static Instant days(int ago) {
        return Facts.NOW.minus(Duration.ofDays(ago));
    }
}
