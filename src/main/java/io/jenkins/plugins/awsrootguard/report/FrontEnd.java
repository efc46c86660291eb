package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;

/** What a user works with, for texts that name an option: each front end has names of its own for the same option. */
public enum FrontEnd {
    PIPELINE("deleteKeys", "add %s to deleteKeys", "memberRole in the step rootReport"),
    FREESTYLE(
            "\u201cRecently used keys to delete\u201d",
            "add %s to \u201cRecently used keys to delete\u201d in the build step",
            "\u201cRole in member accounts\u201d in the build step"),
    COMMAND_LINE("--delete-key", "use --delete-key %s", "--member-role");

    private final String keyOption;
    private final String keys;
    private final String role;

    FrontEnd(String keyOption, String keys, String role) {
        this.keyOption = keyOption;
        this.keys = keys;
        this.role = role;
    }

    /**
     * Returns how to allow the deletion of a recently used key.
     *
     * @param key the shortened key id, for an organization after the account id and a colon
     */
    public String allowKey(String key) {
        return "To delete the key, " + String.format(keys, key) + ".";
    }

    /**
     * Returns why a planned change is held back, with how to allow it.
     *
     * @param account the account id and a colon for a key among those of an organization; else empty
     */
    public String heldBack(PlannedChange change, String account) {
        String key = change.isAllowable() ? " " + allowKey(account + Printable.keyId(change.target())) : "";
        return change.reason() + key;
    }

    /** Returns the warning that root does not have an allow-listed key, shortened. */
    public String unknownKey(String key) {
        return "Warning: " + keyOption + " has " + key + ", which is not a root access key of this account";
    }

    /** Returns how to make the checks that require a role in the member accounts. */
    public String memberRole() {
        return "To make them, set " + role + ".";
    }
}
