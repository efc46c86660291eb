package io.jenkins.plugins.awsrootguard.facts;

import java.util.Set;

/**
 * An organization, without its accounts.
 *
 * @param id for example {@code o-a1b2c3d4e5}
 * @param managementAccountId the account that no privileged root session can reach
 */
public record Organization(String id, String managementAccountId) {

    /**
     * An account as its organization lists it.
     *
     * @param name the name in the organization, which can be any text; empty for none
     * @param state as AWS reports it, for example {@code ACTIVE} or {@code SUSPENDED}
     */
    public record Account(String id, String name, String state) {

        private static final Set<String> OUT_OF_USE =
                Set.of("PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED");

        /** Whether the account can be used. An unknown state counts as active, so that no account is skipped. */
        public boolean isActive() {
            return !OUT_OF_USE.contains(state);
        }

        /** A selected account that the organization does not list. */
        public static Account notListed(String id) {
            return new Account(id, "", "NOT_LISTED");
        }

        public boolean isListed() {
            return !"NOT_LISTED".equals(state);
        }

        /** The name; null for none. */
        public String alias() {
            return name.isEmpty() ? null : name;
        }
    }
}
