package io.jenkins.plugins.awsrootguard.policy;

/**
 * Which policy an account was judged by.
 *
 * @param name for people, for example {@code cis-7.0.0 + root-guard.yml}
 * @param sha256 of the texts, in order: two runs with the same digest were judged by the same policy
 */
public record PolicySource(String name, String sha256) {}
