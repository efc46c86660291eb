package io.jenkins.plugins.awsrootguard.policy;

/** The character types that a password policy of IAM can require. */
public enum CharacterClass {
    UPPERCASE,
    LOWERCASE,
    NUMBERS,
    SYMBOLS
}
