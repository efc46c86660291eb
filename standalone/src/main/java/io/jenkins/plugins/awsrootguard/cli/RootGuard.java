package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The command line: commands, help, and the message and exit code of an error. */
@Command(
        name = "bin/run",
        description =
                "Assesses, secures and validates the root user of the AWS account that the usual AWS settings point to"
                        + " (AWS_* variables, profile). Makes no change without --apply.",
        synopsisSubcommandLabel = "report|gaps|secure|validate",
        usageHelpWidth = 110,
        footer = {
            "",
            "Without an argument, bin/run shows all four phases on an emulated AWS account. With --jenkins it starts"
                    + " Jenkins and an emulated account (--port N: on another port than 8080).",
            "",
            "Exit code: 0 no finding at or above --fail-on, 1 findings, 2 an option or file is wrong, 3 AWS could not be read."
        })
final class RootGuard implements Runnable {

    /** The option of each field that the engine checks. */
    private static final Map<String, String> OPTIONS = Map.of(
            "accountId", "--account",
            "accounts", "--accounts",
            "exclude", "--exclude",
            "region", "--region",
            "adminUser", "--admin-user",
            "adminGroup", "--admin-group",
            "parallelism", "--parallelism",
            "memberRole", "--member-role",
            "deleteKeys", "--delete-key");

    private final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    RootGuard(Console console) {
        this.console = console;
    }

    /** Runs a command; returns the {@link ExitCode}. */
    int run(String... args) {
        CommandLine line = new CommandLine(this)
                .addSubcommand(new ReportCommand(console))
                .addSubcommand(new GapsCommand(console))
                .addSubcommand(new SecureCommand(console))
                .addSubcommand(new ValidateCommand(console))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
                .setParameterExceptionHandler((e, given) -> wrongCall(e));
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Enter a command: report, gaps, secure or validate");
    }

    private int wrongCall(ParameterException e) {
        console.err().println(Printable.text(e.getMessage(), 300));
        console.err().println("Help: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private int explain(Exception e) {
        if (e instanceof InvalidInputException wrong) {
            console.err().println(option(wrong));
            return ExitCode.USAGE;
        }
        if (e instanceof AwsAccessException) {
            console.err().println(e.getMessage());
            return ExitCode.AWS;
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            Throwable io = e instanceof UncheckedIOException ? e.getCause() : e;
            console.err().println(what(io) + Printable.text(io.getMessage(), 300));
            return ExitCode.USAGE;
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            console.err().println("The run was stopped. What was changed before is in state.json.");
            return ExitCode.AWS;
        }
        console.err().println("Unexpected error " + e.getClass().getName() + ": " + Printable.text(e.getMessage(), 300));
        return ExitCode.AWS;
    }

    /** What is wrong with the file that the exception's message names; empty if the message says it. */
    private static String what(Throwable e) {
        if (e instanceof AccessDeniedException) {
            return "Access denied: ";
        }
        if (e instanceof NoSuchFileException) {
            return "File not found: ";
        }
        return e instanceof FileSystemException ? "Could not use the file " : "";
    }

    private static String option(InvalidInputException e) {
        String option = OPTIONS.get(e.field());
        return option == null ? e.getMessage() : option + " " + e.problem();
    }
}
