package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Checks AWS's answers, so that an incomplete answer is an unread fact and not a wrong one. */
final class Answers {

    /** More than any account can fill: 5,000 users in pages of 100. */
    private static final int MOST_PAGES = 500;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Answers() {}

    /**
     * A part that AWS always sends.
     *
     * @throws AwsAccessException when it is missing
     */
    static <T> T required(String part, T value) {
        if (value == null) {
            throw new AwsAccessException(Unread.invalidAnswer(null, "it has no " + part));
        }
        return value;
    }

    /**
     * The items of all pages of a list.
     *
     * @throws AwsAccessException when the pages do not end
     */
    static <P, T> List<T> items(Iterable<P> paginator, Function<P, List<T>> items) {
        List<T> all = new ArrayList<>();
        eachPage(paginator, MOST_PAGES, LONGEST, page -> all.addAll(items.apply(page)));
        return all;
    }

    /**
     * The same for a list that AWS always sends, even if it is empty.
     *
     * @throws AwsAccessException when a page lacks the list, or the pages do not end
     */
    static <P, T> List<T> items(Iterable<P> paginator, String part, Predicate<P> has, Function<P, List<T>> items) {
        return items(paginator, page -> {
            required(part, has.test(page) ? part : null);
            return items.apply(page);
        });
    }

    /**
     * Gives each page to the taker as soon as AWS has sent it.
     *
     * @throws AwsAccessException when the list does not end
     */
    static <P> void eachPage(Iterable<P> paginator, int most, Duration longest, Consumer<P> taker) {
        Instant deadline = Instant.now().plus(longest);
        int pages = 0;
        for (P page : paginator) {
            taker.accept(page);
            if (++pages >= most || Instant.now().isAfter(deadline)) {
                throw new AwsAccessException(
                        Unread.invalidAnswer(null, "its list does not end after " + pages + " pages"));
            }
        }
    }
}
