package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: entry point, commands, help, and the message and exit code of an error. */
@Command(
        name = "bin/run",
        resourceBundle = "io.jenkins.plugins.awsrootguard.cli.Help",
        subcommands = {
            PhaseCommand.Report.class,
            PhaseCommand.Gaps.class,
            SecureCommand.class,
            PhaseCommand.Validate.class
        },
        synopsisSubcommandLabel = "report|gaps|secure|validate")
public final class RootGuard implements Runnable {

    /** The option of each field that the engine checks. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("accountId", "--account"),
            Map.entry("accounts", "--accounts"),
            Map.entry("exclude", "--exclude"),
            Map.entry("region", "--region"),
            Map.entry("adminUser", "--admin-user"),
            Map.entry("adminGroup", "--admin-group"),
            Map.entry("parallelism", "--parallelism"),
            Map.entry("memberRole", "--member-role"),
            Map.entry("roleArn", "--role-arn"),
            Map.entry("externalId", "--external-id"),
            Map.entry("sessionDuration", "--session-duration"),
            Map.entry("deleteKeys", "--delete-key"),
            Map.entry("unlockPolicies", "--unlock-policy"),
            Map.entry("allowPasswordRecovery", "--allow-password-recovery"),
            Map.entry("centralRootManagement", "--central-root-management"));

    /** The exit code of the process. */
    static final class ExitCode {

        static final int OK = 0;
        /** Findings at or above the threshold, or a change that was not made. */
        static final int FINDINGS = 1;
        /** An option is wrong, or a folder can't be written. */
        static final int USAGE = 2;
        /** AWS could not be read. */
        static final int AWS = 3;
    }

    final Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT)
    private boolean help;

    @Spec
    private CommandSpec spec;

    RootGuard(Console console) {
        this.console = console;
    }

    public static void main(String[] args) {
        // System.out would replace the symbols with question marks in the locale C.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(new RootGuard(new Console(out, err, duration -> Thread.sleep(duration.toMillis()))).run(args));
    }

    /** Runs a command; returns the {@link ExitCode}. */
    int run(String... args) {
        return new CommandLine(this)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> explain(e instanceof UncheckedIOException io ? io.getCause() : e))
                .setParameterExceptionHandler((e, given) -> explain(e))
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Enter a command: report, gaps, secure or validate");
    }

    private int explain(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        console.err().println(message(e));
        boolean usage =
                e instanceof InvalidInputException || e instanceof ParameterException || e instanceof IOException;
        return usage ? ExitCode.USAGE : ExitCode.AWS;
    }

    private static String message(Exception e) {
        if (e instanceof ParameterException wrong) {
            return Printable.text(e.getMessage(), 300) + System.lineSeparator() + "Help: "
                    + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        }
        if (e instanceof InvalidInputException wrong) {
            String option = OPTIONS.get(wrong.field());
            return option == null ? e.getMessage() : option + " " + wrong.problem();
        }
        if (e instanceof AwsAccessException) {
            return e.getMessage();
        }
        if (e instanceof InterruptedException) {
            return "The run was stopped. What was changed before is in state.json.";
        }
        String what = "Unexpected error " + e.getClass().getName() + ": ";
        if (e instanceof IOException) {
            // The message of a FileSystemException names the file, and not always what is wrong with it.
            what = e instanceof AccessDeniedException
                    ? "Access denied: "
                    : e instanceof NoSuchFileException
                            ? "File not found: "
                            : e instanceof FileSystemException ? "Could not use the file " : "";
        }
        return what + Printable.text(e.getMessage(), 300);
    }
}
