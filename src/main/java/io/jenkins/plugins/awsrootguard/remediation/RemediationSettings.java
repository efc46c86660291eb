package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the remediation makes, and what it may take away.
 *
 * @param adminUserName the IAM user that takes over from root
 * @param adminGroupName the group that gives it AdministratorAccess; null to attach the policy to the user itself (which
 *     CIS's "permissions only through groups" does not like)
 * @param tags put on the user when it is created
 * @param namedKeys ids (whole, or shortened as shown) of root keys that may be deleted although they were used recently; for
 *     many accounts see {@link #forAccount}
 * @param removeRootPassword whether a member account's root user is to lose its password, and its MFA after it; nothing is
 *     planned of it for an account that is no member, or whose password can't be seen
 * @param account the one of many accounts that they are for ({@link #forAccount}); null for an account by itself
 */
public record RemediationSettings(
        String adminUserName,
        String adminGroupName,
        Map<String, String> tags,
        Set<String> namedKeys,
        boolean removeRootPassword,
        String account) {

    private static final Pattern USER = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final Pattern GROUP = Pattern.compile("[\\w+=,.@-]{1,128}");

    public static final RemediationSettings DEFAULT = new RemediationSettings(
            "root-guard-admin", "root-guard-administrators", Map.of("created-by", "aws-root-guard"), Set.of());

    public RemediationSettings {
        check("adminUser", adminUserName, USER, 64);
        if (adminGroupName != null) {
            check("adminGroup", adminGroupName, GROUP, 128);
        }
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
        namedKeys = Set.copyOf(namedKeys);
    }

    /** For an account by itself, or for many before each has its own. */
    public RemediationSettings(
            String adminUserName,
            String adminGroupName,
            Map<String, String> tags,
            Set<String> namedKeys,
            boolean removeRootPassword) {
        this(adminUserName, adminGroupName, tags, namedKeys, removeRootPassword, null);
    }

    /** Root's password stays. */
    public RemediationSettings(
            String adminUserName, String adminGroupName, Map<String, String> tags, Set<String> namedKeys) {
        this(adminUserName, adminGroupName, tags, namedKeys, false);
    }

    public RemediationSettings withNamedKeys(Set<String> keys) {
        return with(keys, removeRootPassword, account);
    }

    public RemediationSettings withRemoveRootPassword(boolean remove) {
        return with(namedKeys, remove, account);
    }

    private RemediationSettings with(Set<String> keys, boolean remove, String one) {
        return new RemediationSettings(adminUserName, adminGroupName, tags, keys, remove, one);
    }

    /**
     * The settings for one of many accounts: a shortened key id can be that of keys in two of them, so there it counts only
     * with its account, {@code 111122223333:AKIA…7XQ2}. Whole ids are unique and count as they are.
     */
    public RemediationSettings forAccount(String accountId) {
        String prefix = accountId + ":";
        Set<String> keys = namedKeys.stream()
                .map(key -> key.startsWith(prefix) ? key.substring(prefix.length()) : key)
                .filter(key -> !isShortened(key) || namedKeys.contains(prefix + key))
                .collect(Collectors.toSet());
        return with(keys, removeRootPassword, accountId);
    }

    /**
     * For settings that are meant for many accounts.
     *
     * @throws InvalidInputException when a key is named shortened and without its account
     */
    public void checkForManyAccounts() {
        namedKeys.stream().filter(RemediationSettings::isShortened).findFirst().ifPresent(key -> {
            throw new InvalidInputException(
                    "deleteKeys",
                    "'" + Printable.text(key, 40) + "' can be a key of several accounts. Enter it with its account,"
                            + " 111122223333:" + Printable.text(key, 40) + ", or enter the whole id.");
        });
    }

    private static boolean isShortened(String key) {
        return key.indexOf(':') < 0 && key.equals(Printable.keyId(key));
    }

    /** Whether the administrator's name was chosen for this account, so that a user of that name is the one that is meant. */
    public boolean namesAdminUser() {
        return !adminUserName.equals(DEFAULT.adminUserName());
    }

    /** Whether the user named this key, by its whole id or as it is shown. */
    public boolean names(String keyId) {
        return namedKeys.contains(keyId) || namedKeys.contains(Printable.keyId(keyId));
    }

    private static void check(String field, String value, Pattern pattern, int most) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new InvalidInputException(
                    field,
                    "'" + Printable.text(value, 70) + "' is not a valid IAM name. Use 1 to " + most
                            + " letters, digits or any of + = , . @ _ -");
        }
    }
}
