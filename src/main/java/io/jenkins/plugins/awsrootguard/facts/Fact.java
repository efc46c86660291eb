package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that was read from AWS, or could not be read. A fact is either known (it has a value) or unread (it has a cause),
 * never both.
 *
 * @param value what was read; null exactly when the fact is unknown
 * @param unread why it could not be read; null exactly when the fact is known
 * @param source the call that was made, or would have been
 */
public record Fact<T>(T value, Unread unread, Source source) {

    public Fact {
        if ((value == null) == (unread == null)) {
            throw new IllegalArgumentException("a fact is either known or unknown: " + source);
        }
        Objects.requireNonNull(source, "source");
    }

    public static <T> Fact<T> known(T value, Source source) {
        return new Fact<>(Objects.requireNonNull(value, "value"), null, source);
    }

    public static <T> Fact<T> unread(Unread cause, Source source) {
        return new Fact<>(null, Objects.requireNonNull(cause, "cause"), source);
    }

    /** A fact that could not be read now. */
    public static <T> Fact<T> unread(Unread cause) {
        return unread(cause, new Source(cause.action(), Instant.now()));
    }

    public boolean isKnown() {
        return value != null;
    }

    public Optional<T> asOptional() {
        return Optional.ofNullable(value);
    }

    /** The fact with its value converted; an unread fact stays unread. */
    public <R> Fact<R> map(Function<T, R> conversion) {
        return isKnown() ? known(conversion.apply(value), source) : unread(unread, source);
    }

    /**
     * The value of a known fact.
     *
     * @throws NoSuchElementException when the fact is unread: check {@link #isKnown()} first
     */
    public T get() {
        if (value == null) {
            throw new NoSuchElementException(source.call() + " was not read: " + unread.kind());
        }
        return value;
    }

    /**
     * Where a fact comes from.
     *
     * @param call the AWS action in IAM's notation, for example {@code iam:GetAccountSummary}
     * @param at when it was answered (for the credential report: when AWS generated it)
     */
    public record Source(String call, Instant at) {}
}
