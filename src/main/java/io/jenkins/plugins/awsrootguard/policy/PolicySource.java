package io.jenkins.plugins.awsrootguard.policy;

import io.jenkins.plugins.awsrootguard.facts.Printable;

/**
 * Which policy an account was judged by.
 *
 * @param name for people, for example {@code cis-7.0.0 + root-guard.yml}
 * @param sha256 of the texts, in order: two runs with the same digest were judged by the same policy
 */
public record PolicySource(String name, String sha256) {

    /** Returns the name and the first 12 digits of the digest. */
    public String displayName() {
        return Printable.text(name, 120) + " (sha256 " + sha256.substring(0, 12) + ")";
    }
}
