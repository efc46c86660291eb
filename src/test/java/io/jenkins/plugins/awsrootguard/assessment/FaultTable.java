package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcome of every fault in every call, as text. */
final class FaultTable {

    private final Map<String, Map<Fault, String>> cells = new TreeMap<>();

    /**
     * @param truth what comes of it when nothing goes wrong
     * @param again whether the call was made more often than without the fault
     */
    synchronized void put(String action, Fault fault, FaultStory story, FaultStory truth, boolean again) {
        cells.computeIfAbsent(action, a -> new TreeMap<>()).put(fault, words(story, truth, again));
    }

    private static String words(FaultStory story, FaultStory truth, boolean again) {
        List<String> words = new ArrayList<>();
        long unknown = story.statuses.entrySet().stream()
                .filter(e -> e.getValue() == Status.UNKNOWN && truth.statuses.get(e.getKey()) != Status.UNKNOWN)
                .count();
        if (unknown > 0) {
            words.add(unknown + " UNKNOWN");
        }
        long failed = count(story, Outcome.FAILED);
        if (failed > 0) {
            words.add(failed + (failed == 1 ? " failed change" : " failed changes"));
        }
        long heldBack = count(story, Outcome.SKIPPED) - count(truth, Outcome.SKIPPED);
        if (heldBack > 0) {
            words.add(heldBack + " held back");
        }
        if (story.refused() != null) {
            words.add("refused");
        }
        if (words.isEmpty()) {
            return again ? "retried, all as it is" : "all as it is";
        }
        return String.join(", ", words);
    }

    private static long count(FaultStory story, Outcome outcome) {
        return story.records.stream().filter(r -> r.outcome() == outcome).count();
    }

    /** Writes it to {@code target/fault-matrix-NAME.txt}. */
    void write(String name) throws IOException {
        StringBuilder out =
                new StringBuilder("Faults of the matrix ").append(name).append('\n');
        cells.forEach((action, outcomes) -> {
            out.append(action).append('\n');
            outcomes.forEach((fault, what) -> out.append(String.format("    %-24s %s%n", fault, what)));
        });
        out.append(String.format(
                "%d calls, %d cells%n",
                cells.size(), cells.values().stream().mapToInt(Map::size).sum()));
        Path target = Path.of("target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("fault-matrix-" + name + ".txt"), out);
    }
}
