package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.UnknownPolicy;
import io.jenkins.plugins.awsrootguard.policy.Severity;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

    @Option(
            names = "--account",
            paramLabel = "ID",
            description =
                    "Account id of a member account, reached through a privileged root session. Default: the account of the"
                            + " credentials.")
    String account;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of the STS endpoint. Default: that of the environment or profile, else us-east-1.")
    String region;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "root-guard",
            description = "Where files are written, in a folder for each account id. Default: ${DEFAULT-VALUE}.")
    Path out;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "HIGH",
            description =
                    "Exit code 1 for findings of this severity or worse: CRITICAL, HIGH, MEDIUM, LOW. What could not be"
                            + " read counts as failed. Default: ${DEFAULT-VALUE}.")
    private String failOn;

    @Option(
            names = "--unread-accounts",
            paramLabel = "EFFECT",
            defaultValue = "FAIL",
            description = "Effect of an account of an organization that could not be read: FAIL, UNSTABLE or IGNORE. FAIL and"
                    + " UNSTABLE end with exit code 1. Default: ${DEFAULT-VALUE}.")
    UnknownPolicy unreadAccounts;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    Severity failOn() {
        return Severity.parse("--fail-on", failOn);
    }
}
