package io.jenkins.plugins.awsrootguard.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsrootguard.assessment.PrivateFiles;
import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the steps of a build were given, in {@code steps.json}: a later step does not need to be given it again. Ids, names and
 * numbers, never a secret. Thread-safe.
 */
final class StepMemory {

    /** The branch of the steps outside of {@code parallel}. */
    static final String OUTSIDE = "";

    private static final String FILE = "steps.json";
    private static final Logger LOGGER = Logger.getLogger(StepMemory.class.getName());

    /**
     * What the steps were given for an account or the organization.
     *
     * @param connection how it was connected; null before the first connection
     */
    record Subject(Used connection, PlanOptions plan, ReadingOptions reading) {

        static final Subject NONE = new Subject(null, null, null);

        Subject {
            plan = plan == null ? PlanOptions.NONE : plan;
            reading = reading == null ? ReadingOptions.NONE : reading;
        }

        Subject withConnection(Used used) {
            return new Subject(used, plan, reading);
        }

        Subject withPlan(PlanOptions options) {
            return new Subject(connection, options, reading);
        }

        Subject withReading(ReadingOptions options) {
            return new Subject(connection, plan, options);
        }
    }

    /**
     * What the steps of one branch of {@code parallel} were given, or those outside of any.
     *
     * @param last the subject of steps without an account; null before the first reading
     */
    record Branch(String last, Map<String, Subject> subjects) {

        private static final Branch NONE = new Branch(null, Map.of());

        Branch {
            subjects = sorted(subjects);
        }

        Branch withLast(String subject) {
            return new Branch(subject, subjects);
        }

        Branch with(String subject, Subject value) {
            return new Branch(last, StepMemory.with(subjects, subject, value));
        }
    }

    /**
     * @param branches by the id of the node that starts the branch; {@link #OUTSIDE} for the steps outside of {@code parallel}
     * @param since by account id or organization, since when it has its standing
     */
    record Content(
            Map<String, Branch> branches, Map<String, StandingSince> since, List<Settlement.Note> confirmations) {

        private static final Content EMPTY = new Content(null, null, null);

        Content {
            branches = sorted(branches);
            since = sorted(since);
            confirmations = confirmations == null ? List.of() : List.copyOf(confirmations);
        }

        Branch branch(String id) {
            return branches.getOrDefault(id, Branch.NONE);
        }

        Content with(String id, Branch branch) {
            return new Content(StepMemory.with(branches, id, branch), since, confirmations);
        }

        Content with(String subject, StandingSince standing) {
            return new Content(branches, StepMemory.with(since, subject, standing), confirmations);
        }

        Content with(Settlement.Note note) {
            List<Settlement.Note> all = new ArrayList<>(confirmations);
            all.removeIf(n -> n.isFor(note.subject(), note.what()));
            all.add(note);
            return new Content(branches, since, all);
        }
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String key, T value) {
        Map<String, T> all = new TreeMap<>(map);
        all.put(key, value);
        return all;
    }

    private final Supplier<Path> dir;
    private volatile Content content;

    /** @param dir asked for each time; made when something is stored */
    StepMemory(Supplier<Path> dir) {
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
                content = Content.EMPTY;
            } catch (IOException | RuntimeException e) {
                LOGGER.log(
                        Level.WARNING, e, () -> "Could not read " + file + ". Later steps need their options again.");
                content = Content.EMPTY;
            }
        }
        return content;
    }

    /** Changes the content. It is on disk when this returns. */
    synchronized void update(UnaryOperator<Content> change) {
        Content before = load();
        Content after = change.apply(before);
        if (Objects.equals(before, after)) {
            return;
        }
        try {
            PrivateFiles.write(dir.get(), FILE, Json.MAPPER.writeValueAsBytes(after), false);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        content = after;
    }
}
