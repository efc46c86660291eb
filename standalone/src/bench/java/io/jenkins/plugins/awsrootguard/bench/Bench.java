package io.jenkins.plugins.awsrootguard.bench;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** The measurements without Jenkins, for {@code bin/bench}. Prints a line for each; no result is a failure. */
@Command(name = "bench")
final class Bench implements Callable<Integer> {

    private enum Case {
        organization,
        shell,
        report
    }

    @Parameters(paramLabel = "CASE", description = "organization, shell or report. Default: all.")
    private Set<Case> cases = Set.of(Case.values());

    @Option(names = "--accounts", paramLabel = "N", description = "Number of accounts. Default: 1000.")
    private int accounts = 1000;

    @Option(names = "--shell-loop", paramLabel = "FILE", hidden = true)
    private Path shellLoop;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version()
                + "; the emulated AWS runs in its own process on the same cores and responds after 50 ms");
        if (cases.contains(Case.organization)) {
            OrganizationBench.run(accounts);
        }
        if (cases.contains(Case.shell)) {
            ShellLoopBench.run(shellLoop);
        }
        if (cases.contains(Case.report)) {
            ReportBench.run();
        }
        return 0;
    }
}
