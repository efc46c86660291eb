package io.jenkins.plugins.awsrootguard.facts;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was read from AWS, or could not be: the type that keeps "it is so" apart from "we could not see". A fact is
 * either known (it has a value) or unknown (it has a reason a person can act on), never both.
 *
 * @param value what was read; null exactly when the fact is unknown
 * @param unknownReason why it could not be read, in words for a person; null exactly when the fact is known
 * @param source the call that was made, or would have been
 */
public record Fact<T>(T value, String unknownReason, Source source) {

    public Fact {
        if ((value == null) == (unknownReason == null)) {
            throw new IllegalArgumentException("a fact is either known or unknown: " + source);
        }
        Objects.requireNonNull(source, "source");
    }

    public static <T> Fact<T> known(T value, Source source) {
        return new Fact<>(Objects.requireNonNull(value, "value"), null, source);
    }

    public static <T> Fact<T> unknown(String reason, Source source) {
        return new Fact<>(null, Objects.requireNonNull(reason, "reason"), source);
    }

    public boolean isKnown() {
        return value != null;
    }

    public Optional<T> asOptional() {
        return Optional.ofNullable(value);
    }

    /**
     * The value of a known fact.
     *
     * @throws NoSuchElementException when the fact is unknown: ask {@link #isKnown()} first
     */
    public T get() {
        if (value == null) {
            throw new NoSuchElementException(source.call() + " is unknown: " + unknownReason);
        }
        return value;
    }
}
