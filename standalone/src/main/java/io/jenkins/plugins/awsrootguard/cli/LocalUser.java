package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.facts.Printable;

/** Who runs the command line, as far as this machine and AWS know. */
final class LocalUser {

    private LocalUser() {}

    /** Who approves, by {@code --apply}. */
    static String approver() {
        return "local user " + name() + ", by --apply";
    }

    /**
     * Who makes the calls.
     *
     * @param connection null when AWS did not tell whose the credentials are
     */
    static String caller(AccountConnection connection) {
        String user = "command line, " + name();
        return connection == null ? user : user + ", as " + connection.caller().arn();
    }

    private static String name() {
        return Printable.text(System.getProperty("user.name", "unknown"), 60);
    }
}
