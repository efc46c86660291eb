package io.jenkins.plugins.awsrootguard.facts;

import java.util.Set;

/**
 * An account as its organization lists it.
 *
 * @param name the name in the organization, which anybody with the right may set to anything; empty when there is none
 * @param state AWS's word, for example {@code ACTIVE} or {@code SUSPENDED}
 */
public record OrganizationAccount(String id, String name, String state) {

    private static final Set<String> OUT_OF_USE =
            Set.of("PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED");

    /** Whether anybody can sign in to it and call it, as far as is known: what AWS does not tell leaves no account out. */
    public boolean isActive() {
        return !OUT_OF_USE.contains(state);
    }

    /** One that was asked for and that the organization does not list. */
    public static OrganizationAccount notListed(String id) {
        return new OrganizationAccount(id, "", "NOT_LISTED");
    }

    public boolean isListed() {
        return !"NOT_LISTED".equals(state);
    }

    /** The name; null when there is none. */
    public String alias() {
        return name.isEmpty() ? null : name;
    }

    /** Id and name, for people. */
    public String displayName() {
        return name.isEmpty() ? id : id + " (" + Printable.text(name, 70) + ")";
    }
}
