package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.config.AwsConnections.Used;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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

    private static final String FILE = "steps.json";
    private static final Logger LOGGER = Logger.getLogger(StepMemory.class.getName());

    /**
     * What the steps were given for an account or the organization.
     *
     * @param connection how it was connected; null before the first connection
     * @param maxAgeHours the maximum age of the credential report; 0 for the default
     * @param since null when nothing was judged
     */
    record Subject(
            Used connection, PlanOptions plan, OrganizationOptions reading, int maxAgeHours, StandingSince since) {

        static final Subject NONE = new Subject(null, null, null, 0, null);

        Subject {
            plan = plan == null ? PlanOptions.NONE : plan;
            reading = reading == null ? OrganizationOptions.NONE : reading;
        }

        Subject withConnection(Used used) {
            return new Subject(used, plan, reading, maxAgeHours, since);
        }

        Subject withPlan(PlanOptions options) {
            return new Subject(connection, options, reading, maxAgeHours, since);
        }

        Subject withReading(OrganizationOptions options, int hours) {
            return new Subject(connection, plan, options, hours, since);
        }

        Subject withSince(StandingSince standing) {
            return new Subject(connection, plan, reading, maxAgeHours, standing);
        }
    }

    /** @param last the subject of steps without an account; null before the first reading */
    record Content(String last, Map<String, Subject> subjects, List<ConfirmationNote> confirmations) {

        private static final Content EMPTY = new Content(null, Map.of(), List.of());

        Content {
            subjects = subjects == null ? Map.of() : Map.copyOf(subjects);
            confirmations = confirmations == null ? List.of() : List.copyOf(confirmations);
        }

        Subject subject(String subject) {
            return subjects.getOrDefault(subject, Subject.NONE);
        }

        Content withLast(String subject) {
            return new Content(subject, subjects, confirmations);
        }

        Content with(String subject, Subject value) {
            Map<String, Subject> all = new TreeMap<>(subjects);
            all.put(subject, value);
            return new Content(last, all, confirmations);
        }

        Content with(ConfirmationNote note) {
            List<ConfirmationNote> all = new ArrayList<>(confirmations);
            all.removeIf(n -> n.isFor(note.subject(), note.what()));
            all.add(note);
            return new Content(last, subjects, all);
        }
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
            write(dir.get(), FILE, Json.MAPPER.writeValueAsBytes(after));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + dir.get().resolve(FILE), e);
        }
        content = after;
    }

    /** Replaces a file as a whole. */
    static void write(Path dir, String name, byte[] bytes) throws IOException {
        Files.createDirectories(dir);
        Path temporary = Files.createTempFile(dir, "." + name, ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(
                    temporary, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
