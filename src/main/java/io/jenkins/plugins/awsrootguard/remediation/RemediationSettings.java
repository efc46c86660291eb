package io.jenkins.plugins.awsrootguard.remediation;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootAccessKey;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges.CentralRoot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the plan creates, and what it can delete.
 *
 * @param adminUserName the IAM user that administers the account instead of root
 * @param adminGroupName the group that gives the user AdministratorAccess; null to attach the policy to the user itself, which
 *     CIS does not recommend
 * @param deleteKeys allow-listed keys: ids (whole, or shortened as shown) of root keys that can be deleted although they were
 *     used recently
 * @param removeRootPassword whether to plan the deletion of root's password and MFA in member accounts
 * @param account the account of an organization that they are for ({@link #forAccount}); null otherwise
 */
public record RemediationSettings(
        String adminUserName,
        String adminGroupName,
        Map<String, String> tags,
        Set<String> deleteKeys,
        boolean removeRootPassword,
        RequestedChanges requested,
        String account) {

    public static final RemediationSettings DEFAULT = new RemediationSettings(
            "root-guard-admin",
            "root-guard-administrators",
            Map.of("created-by", "aws-root-guard"),
            Set.of(),
            false,
            RequestedChanges.NONE,
            null);

    public RemediationSettings {
        check("adminUser", adminUserName, 64);
        if (adminGroupName != null) {
            check("adminGroup", adminGroupName, 128);
        }
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        deleteKeys = Set.copyOf(deleteKeys);
        if (removeRootPassword && requested.centralRoot() == CentralRoot.DISABLE) {
            throw new InvalidInputException(
                    "centralRootManagement",
                    "is DISABLE. A root password is removed only while central root management is enabled.");
        }
    }

    public RemediationSettings withDeleteKeys(Set<String> keys) {
        return new RemediationSettings(
                adminUserName, adminGroupName, tags, keys, removeRootPassword, requested, account);
    }

    /**
     * The settings for one account of an organization. Keys of two accounts can have the same shortened id, so a shortened id
     * counts only with its account, {@code 111122223333:AKIA…7XQ2}. Whole ids are unique.
     */
    public RemediationSettings forAccount(String accountId) {
        String prefix = accountId + ":";
        Set<String> keys = deleteKeys.stream()
                .map(key -> key.startsWith(prefix) ? key.substring(prefix.length()) : key)
                .filter(key -> !isShortened(key) || deleteKeys.contains(prefix + key))
                .collect(Collectors.toSet());
        return new RemediationSettings(
                adminUserName, adminGroupName, tags, keys, removeRootPassword, requested, accountId);
    }

    /** @throws InvalidInputException when a shortened key id has no account, which an organization requires */
    public void checkForManyAccounts() {
        deleteKeys.stream().filter(RemediationSettings::isShortened).findFirst().ifPresent(key -> {
            String shown = Printable.text(key, 40);
            throw new InvalidInputException(
                    "deleteKeys",
                    "'" + shown + "' can be a key of several accounts. Enter it with its account, 111122223333:" + shown
                            + ", or enter the whole id.");
        });
    }

    private static boolean isShortened(String key) {
        return key.indexOf(':') < 0 && key.equals(Printable.keyId(key));
    }

    boolean hasDefaultAdminUser() {
        return adminUserName.equals(DEFAULT.adminUserName());
    }

    /** Whether a key is allow-listed, by its whole id or its shortened one. */
    public boolean allows(String keyId) {
        return deleteKeys.contains(keyId) || deleteKeys.contains(Printable.keyId(keyId));
    }

    /** The allow-listed keys, shortened, that root does not have; none for an organization, whose other accounts have them. */
    List<String> unknownKeys(List<RootAccessKey> keys) {
        return deleteKeys.stream()
                .filter(given -> account == null
                        && keys.stream().noneMatch(k -> given.equals(k.id()) || given.equals(Printable.keyId(k.id()))))
                .map(Printable::keyId)
                .sorted()
                .toList();
    }

    private static void check(String field, String value, int maxLength) {
        if (value == null || !Pattern.matches("[\\w+=,.@-]{1," + maxLength + "}", value)) {
            throw new InvalidInputException(
                    field,
                    "'" + Printable.text(value, 70) + "' is not a valid IAM name. Use 1 to " + maxLength
                            + " letters, digits or any of + = , . @ _ -");
        }
    }
}
