package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.InvalidInputException;
import io.jenkins.plugins.awsrootguard.account.Printable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the remediation makes, and what it may take away.
 *
 * @param adminUserName the IAM user that takes over from root
 * @param adminGroupName the group that gives it AdministratorAccess; null to attach the policy to the user itself (which
 *     CIS's "permissions only through groups" does not like)
 * @param tags put on the user when it is created
 * @param namedKeys ids (whole, or shortened as shown) of root keys that may be deleted although they were used recently
 */
public record RemediationSettings(
        String adminUserName, String adminGroupName, Map<String, String> tags, Set<String> namedKeys) {

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

    public RemediationSettings withNamedKeys(Set<String> keys) {
        return new RemediationSettings(adminUserName, adminGroupName, tags, keys);
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
            throw new InvalidInputException(field + " '" + Printable.text(value, 70)
                    + "' is not a name that IAM takes: use 1 to " + most + " letters, digits or any of + = , . @ _ -");
        }
    }
}
