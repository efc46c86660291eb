package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.evidence.EvidenceCheck;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceRecord;
import io.jenkins.plugins.awsrootguard.evidence.EvidenceSums;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For an auditor: looks whether what the other commands wrote is still as they wrote it. Calls nothing and changes nothing. */
@Command(
        name = "evidence",
        description =
                "Verifies the evidence that the other commands keep: each folder's evidence.jsonl, the files that it tells of,"
                        + " and SHA256SUMS. Calls nothing, changes nothing. Exit code 1 when something is not as it was"
                        + " written.")
final class EvidenceCommand implements Callable<Integer> {

    private static final List<String> KEPT =
            List.of(EvidenceRecord.FILE, EvidenceSums.FILE, "state.json", "findings.json");

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "root-guard",
            description = "What --out named, or the folder of one account in it. Default: ${DEFAULT-VALUE}.")
    private Path dir;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    EvidenceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> folders = folders();
        int flawed = 0;
        int entries = 0;
        int files = 0;
        for (Path folder : folders) {
            EvidenceCheck check = EvidenceCheck.of(folder);
            String name = Printable.text(String.valueOf(folder.getFileName()), 60);
            check.wrong().forEach(line -> console.say("✗ " + name + ": " + Printable.text(line, 300)));
            flawed += check.isWhole() ? 0 : 1;
            entries += check.entries();
            files += check.files();
            if (check.isWhole() && folders.size() == 1) {
                console.say("SHA-256 of the last line of evidence.jsonl: " + check.hash());
            }
        }
        console.say((folders.size() == 1 ? "1 folder, " : folders.size() + " folders, ") + entries + " entries, " + files
                + " files as they were stored; "
                + (flawed == 0
                        ? "all is as it was written"
                        : "not as it was written: " + (flawed == 1 ? "1 folder" : flawed + " folders")));
        return flawed == 0 ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(dir)) {
            throw new InvalidInputException("There is no folder " + dir + ": name the one that --out named");
        }
        Path folder = dir.toAbsolutePath().normalize();
        if (isKept(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> found = inside.filter(EvidenceCommand::isKept).sorted().toList();
            if (found.isEmpty()) {
                throw new InvalidInputException("There is nothing in " + dir + " that a command has written");
            }
            return found;
        }
    }

    private static boolean isKept(Path folder) {
        return KEPT.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }
}
