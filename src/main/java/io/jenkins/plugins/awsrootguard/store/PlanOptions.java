package io.jenkins.plugins.awsrootguard.store;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.RemediationSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a step says of the administrator to be made and of the keys to be deleted. What it doesn't say is taken from an earlier
 * step of the same build, and else from the defaults, so that it need be said once. Immutable; kept in build.xml.
 */
public final class PlanOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final PlanOptions NONE = new PlanOptions(null, null, false, List.of(), List.of());

    private final String adminUser;
    private final String adminGroup;
    private final boolean attachToUser;
    private final ArrayList<String> tags;
    private final ArrayList<String> deleteKeys;
    private final boolean removeRootPassword;

    /**
     * @param adminUser null or blank for the default
     * @param adminGroup null or blank for the default
     * @param attachToUser whether the policy goes on the user itself; the group then doesn't count
     * @param tags each {@code key=value}
     * @param deleteKeys key ids, whole or as shown
     */
    public PlanOptions(
            String adminUser,
            String adminGroup,
            boolean attachToUser,
            Collection<String> tags,
            Collection<String> deleteKeys) {
        this(adminUser, adminGroup, attachToUser, tags, deleteKeys, false);
    }

    private PlanOptions(
            String adminUser,
            String adminGroup,
            boolean attachToUser,
            Collection<String> tags,
            Collection<String> deleteKeys,
            boolean removeRootPassword) {
        this.adminUser = Util.fixEmptyAndTrim(adminUser);
        this.adminGroup = Util.fixEmptyAndTrim(adminGroup);
        this.attachToUser = attachToUser;
        this.tags = new ArrayList<>(tags);
        this.deleteKeys = new ArrayList<>(deleteKeys);
        this.removeRootPassword = removeRootPassword;
    }

    /** @param remove whether a member account's root user is to lose its password, and its MFA after it */
    public PlanOptions withRemoveRootPassword(boolean remove) {
        return new PlanOptions(adminUser, adminGroup, attachToUser, tags, deleteKeys, remove);
    }

    /** These options, with those of an earlier step for what is not said here. */
    PlanOptions over(PlanOptions earlier) {
        return new PlanOptions(
                adminUser == null ? earlier.adminUser : adminUser,
                adminGroup == null ? earlier.adminGroup : adminGroup,
                attachToUser || earlier.attachToUser && adminGroup == null,
                tags.isEmpty() ? earlier.tags : tags,
                deleteKeys.isEmpty() ? earlier.deleteKeys : deleteKeys,
                removeRootPassword || earlier.removeRootPassword);
    }

    /** @throws InvalidInputException when a name, or a tag, is none that AWS takes */
    public RemediationSettings settings() {
        RemediationSettings d = RemediationSettings.DEFAULT;
        String group = adminGroup == null ? d.adminGroupName() : adminGroup;
        return new RemediationSettings(
                adminUser == null ? d.adminUserName() : adminUser,
                attachToUser ? null : group,
                tags.isEmpty() ? d.tags() : parseTags(),
                Set.copyOf(deleteKeys),
                removeRootPassword);
    }

    private Map<String, String> parseTags() {
        Map<String, String> all = new TreeMap<>();
        for (String tag : tags) {
            int at = tag.indexOf('=');
            if (at < 1) {
                throw new InvalidInputException("tags: '" + Printable.text(tag, 60)
                        + "' is not a tag: write key=value, for example owner=security");
            }
            all.put(tag.substring(0, at).trim(), tag.substring(at + 1).trim());
        }
        return all;
    }

    /** The entries of a field in which several stand on one line: at commas and line ends. */
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

    /** The same for a list whose entries may each be such a field. */
    public static List<String> split(Collection<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream().flatMap(t -> split(t).stream()).toList();
    }
}
