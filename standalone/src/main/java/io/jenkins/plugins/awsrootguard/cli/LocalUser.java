package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.facts.Printable;

/** Who runs the command line, as far as this machine and AWS know. */
final class LocalUser {

    private LocalUser() {}

    /** Who approves, by {@code --apply}. */
    static String approver() {
        return "local user " + name() + ", by --apply";
    }

    /** Who runs the command, for the evidence. */
    static String caller() {
        return "command line, " + name();
    }

    private static String name() {
        return Printable.text(System.getProperty("user.name", "unknown"), 60);
    }
}
