package io.jenkins.plugins.awsrootguard.facts;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The values of {@code iam:GetAccountSummary}, which are current where the credential report's are not. Keys are strings, as AWS
 * sends them. A missing key is unknown, not zero.
 */
public record AccountSummary(Map<String, Integer> values) {

    public static final String MFA_ENABLED = "AccountMFAEnabled";
    /** 1 when root has any access key, an inactive one too. */
    public static final String ACCESS_KEYS_PRESENT = "AccountAccessKeysPresent";

    public static final String PASSWORD_PRESENT = "AccountPasswordPresent";
    public static final String SIGNING_CERTIFICATES_PRESENT = "AccountSigningCertificatesPresent";

    /** Longer names are not AWS's, and could not be parsed again after they are saved. */
    private static final int LONGEST_NAME = 128;

    public AccountSummary {
        TreeMap<String, Integer> kept = new TreeMap<>(values);
        kept.keySet().removeIf(name -> name.length() > LONGEST_NAME);
        values = java.util.Collections.unmodifiableMap(kept);
    }

    public OptionalInt value(String key) {
        Integer v = values.get(key);
        return v == null ? OptionalInt.empty() : OptionalInt.of(v);
    }
}
