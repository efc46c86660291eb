package io.jenkins.plugins.awsrootguard.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsrootguard.assessment.Difference;
import io.jenkins.plugins.awsrootguard.assessment.PrivateFiles;
import io.jenkins.plugins.awsrootguard.assessment.RunSummary;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The file {@code steps.json} of a build: the options of its steps, and what was confirmed. No secrets. Thread-safe. */
final class StepsFile {

    private static final String FILE = "steps.json";
    private static final Logger LOGGER = Logger.getLogger(StepsFile.class.getName());

    /**
     * The content of the file. Only {@link #update} changes it, in a copy.
     *
     * @param connections by branch and subject, as {@link EarlierSteps} names them; plans, readings and policies (YAML), too
     * @param last by branch, the subject of steps that name none
     * @param since by subject, when the accounts got their verdict
     * @param references by subject, whether this build can be the reference of later builds
     * @param summaries the numbers of the build
     * @param differences by subject, what is new since the reference build
     * @param confirmations by subject and task
     */
    record Content(
            Map<String, Used> connections,
            Map<String, PlanOptions> plans,
            Map<String, ReadingOptions> readings,
            Map<String, String> policies,
            Map<String, String> last,
            Map<String, VerdictHistory.Since> since,
            Map<String, Boolean> references,
            Map<String, RunSummary> summaries,
            Map<String, Difference> differences,
            Map<String, Settlement.Note> confirmations) {

        Content {
            connections = copy(connections);
            plans = copy(plans);
            readings = copy(readings);
            policies = copy(policies);
            last = copy(last);
            since = copy(since);
            references = copy(references);
            summaries = copy(summaries);
            differences = copy(differences);
            confirmations = copy(confirmations);
        }

        Content() {
            this(null, null, null, null, null, null, null, null, null, null);
        }

        Content copy() {
            return new Content(
                    connections,
                    plans,
                    readings,
                    policies,
                    last,
                    since,
                    references,
                    summaries,
                    differences,
                    confirmations);
        }

        private static <T> Map<String, T> copy(Map<String, T> map) {
            return map == null ? new TreeMap<>() : new TreeMap<>(map);
        }
    }

    private final Supplier<Path> dir;
    private volatile Content content;

    /** @param dir asked for each time; created when something is stored */
    StepsFile(Supplier<Path> dir) {
        this.dir = dir;
    }

    Content get() {
        Content now = content;
        return now == null ? load() : now;
    }

    private synchronized Content load() {
        if (content == null) {
            Path file = dir.get().resolve(FILE);
            try {
                content = Json.MAPPER.readValue(Files.readAllBytes(file), Content.class);
            } catch (NoSuchFileException e) {
                content = new Content();
            } catch (IOException | RuntimeException e) {
                LOGGER.log(
                        Level.WARNING, e, () -> "Could not read " + file + ". Later steps need their options again.");
                content = new Content();
            }
        }
        return content;
    }

    /** Changes the content. It is on disk when this returns. */
    synchronized void update(Consumer<Content> change) {
        Content after = load().copy();
        change.accept(after);
        if (!after.equals(content)) {
            try {
                PrivateFiles.write(dir.get(), FILE, Json.MAPPER.writeValueAsBytes(after), false);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            content = after;
        }
    }
}
