package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes the credential report of an account. */
final class CredentialReportCsv {

    private static final String HEADER = "user,arn,user_creation_time,password_enabled,password_last_used,"
            + "password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
            + "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
            + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
            + "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,"
            + "cert_2_active,cert_2_last_rotated";
    private static final String NONE = "N/A";
    private static final String NOT_SUPPORTED = "not_supported";

    private final StringBuilder csv = new StringBuilder(HEADER);
    private final EmulatedAccount account;

    private CredentialReportCsv(EmulatedAccount account) {
        this.account = account;
    }

    static String of(EmulatedAccount account) {
        CredentialReportCsv report = new CredentialReportCsv(account);
        report.row("<root_account>", account.root());
        account.users().forEach(user -> report.row(user.name(), user));
        return report.csv.toString();
    }

    private void row(String name, CredentialHolder holder) {
        csv.append('\n').append(quoted(name));
        add(quoted(holder.arn()));
        add(time(holder.createdAt(), NONE));
        password(holder);
        add(String.valueOf(!holder.mfaDevices().isEmpty()));
        for (int i = 0; i < 2; i++) {
            key(i < holder.accessKeys().size() ? holder.accessKeys().get(i) : null);
        }
        List<SigningCertificate> certificates = holder.certificates();
        for (int i = 0; i < 2; i++) {
            SigningCertificate certificate = i < certificates.size() ? certificates.get(i) : null;
            add(String.valueOf(certificate != null && certificate.active()));
            add(certificate == null ? NONE : time(certificate.uploadedAt(), NONE));
        }
    }

    private void password(CredentialHolder holder) {
        boolean root = holder instanceof RootUser;
        if (root && account.partition().equals("aws-us-gov")) {
            add(NOT_SUPPORTED, NOT_SUPPORTED, NOT_SUPPORTED, NOT_SUPPORTED);
            return;
        }
        LoginProfile profile = holder.loginProfile();
        if (profile == null) {
            add("false", NONE, NONE, root ? NOT_SUPPORTED : NONE);
            return;
        }
        add("true", time(holder.passwordLastUsed(), "no_information"), time(profile.changedAt(), NOT_SUPPORTED));
        add(root ? NOT_SUPPORTED : nextRotation(profile));
    }

    private String nextRotation(LoginProfile profile) {
        AccountPasswordPolicy policy = account.passwordPolicy();
        if (policy == null || policy.maxPasswordAge() == null || profile.changedAt() == null) {
            return NONE;
        }
        return time(profile.changedAt().plus(Duration.ofDays(policy.maxPasswordAge())), NONE);
    }

    private void key(AccessKey key) {
        if (key == null) {
            add("false", NONE, NONE, NONE, NONE);
            return;
        }
        boolean used = key.lastUsedAt() != null;
        add(String.valueOf(key.active()), time(key.createdAt(), NONE), time(key.lastUsedAt(), NONE));
        add(used ? key.lastUsedRegion() : NONE, used ? key.lastUsedService() : NONE);
    }

    private void add(String... values) {
        for (String value : values) {
            csv.append(',').append(value);
        }
    }

    private static String time(Instant at, String missing) {
        return at == null ? missing : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A user's name can have a comma. */
    private static String quoted(String value) {
        return value.contains(",") ? '"' + value + '"' : value;
    }
}
