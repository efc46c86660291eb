package io.jenkins.plugins.awsrootguard.store;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import io.jenkins.plugins.awsrootguard.remediation.RequestedChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a step was given for the plan. An option that was not given is taken from an earlier step of the same build. Immutable.
 *
 * @param adminUser the name of the IAM administrator; null for the default
 * @param adminGroup the name of its group; null for the default
 * @param attachToUser whether the policy is attached to the user itself, without a group
 * @param tags each {@code key=value}
 * @param deleteKeys ids, whole or as shown, of root keys that may be deleted although they were used recently
 * @param removeRootPassword whether to delete the root password of member accounts, and root's MFA after it
 * @param centralRootManagement {@code ENABLE} or {@code DISABLE}; null to leave it unchanged
 * @param allowPasswordRecovery the ids of member accounts whose root password may be recovered
 * @param unlockPolicies the buckets and queues of member accounts whose policy is to be deleted
 */
public record PlanOptions(
        String adminUser,
        String adminGroup,
        boolean attachToUser,
        List<String> tags,
        List<String> deleteKeys,
        boolean removeRootPassword,
        String centralRootManagement,
        List<String> allowPasswordRecovery,
        List<String> unlockPolicies) {

    public static final PlanOptions NONE =
            new PlanOptions(null, null, false, List.of(), List.of(), false, null, List.of(), List.of());

    public PlanOptions {
        adminUser = Util.fixEmptyAndTrim(adminUser);
        adminGroup = Util.fixEmptyAndTrim(adminGroup);
        tags = split(tags);
        deleteKeys = split(deleteKeys);
        centralRootManagement = Util.fixEmptyAndTrim(centralRootManagement);
        allowPasswordRecovery = split(allowPasswordRecovery);
        unlockPolicies = split(unlockPolicies);
    }

    /** These options, and those of an earlier step for what is not given here. */
    PlanOptions over(PlanOptions earlier) {
        return new PlanOptions(
                adminUser == null ? earlier.adminUser : adminUser,
                adminGroup == null ? earlier.adminGroup : adminGroup,
                attachToUser || earlier.attachToUser && adminGroup == null,
                tags.isEmpty() ? earlier.tags : tags,
                deleteKeys.isEmpty() ? earlier.deleteKeys : deleteKeys,
                removeRootPassword || earlier.removeRootPassword,
                centralRootManagement == null ? earlier.centralRootManagement : centralRootManagement,
                allowPasswordRecovery.isEmpty() ? earlier.allowPasswordRecovery : allowPasswordRecovery,
                unlockPolicies.isEmpty() ? earlier.unlockPolicies : unlockPolicies);
    }

    /** @throws InvalidInputException when AWS accepts no such name or tag */
    RemediationSettings settings() {
        RemediationSettings d = RemediationSettings.DEFAULT;
        String group = adminGroup == null ? d.adminGroupName() : adminGroup;
        return new RemediationSettings(
                adminUser == null ? d.adminUserName() : adminUser,
                attachToUser ? null : group,
                tags.isEmpty() ? d.tags() : parseTags(),
                Set.copyOf(deleteKeys),
                removeRootPassword,
                RequestedChanges.parse(centralRootManagement, allowPasswordRecovery, unlockPolicies),
                null);
    }

    private Map<String, String> parseTags() {
        Map<String, String> all = new TreeMap<>();
        for (String tag : tags) {
            int at = tag.indexOf('=');
            if (at < 1) {
                throw new InvalidInputException("tags: '" + Printable.text(tag, 60)
                        + "' is not a tag. Enter key=value, for example owner=security.");
            }
            all.put(tag.substring(0, at).trim(), tag.substring(at + 1).trim());
        }
        return all;
    }

    /** The entries of a field that holds several, separated by commas or line ends. */
    public static List<String> split(String text) {
        List<String> all = new ArrayList<>();
        for (String part : Util.fixNull(text).split("[,\\r\\n]+")) {
            String entry = part.trim();
            if (!entry.isEmpty()) {
                all.add(entry);
            }
        }
        return all;
    }

    /** The entries of a list whose elements may each hold several. */
    static List<String> split(Collection<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().flatMap(t -> split(t).stream()).toList();
    }
}
