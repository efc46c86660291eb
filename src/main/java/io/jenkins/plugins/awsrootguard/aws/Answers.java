package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Checks on what AWS answers, so that half an answer is an unknown fact and not a wrong one. */
final class Answers {

    /** More than any account can fill: 5,000 users in pages of 100, with room to spare. */
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

    /** @throws AwsAccessException when a list that AWS always sends, if only an empty one, is missing */
    static void requirePresent(String part, boolean present) {
        required(part, present ? part : null);
    }

    /**
     * All pages of a list.
     *
     * @throws AwsAccessException when it does not end
     */
    static <P> List<P> pages(Iterable<P> paginator) {
        List<P> pages = new ArrayList<>();
        eachPage(paginator, MOST_PAGES, LONGEST, pages::add);
        return pages;
    }

    /**
     * All pages of a list, each as soon as it is there.
     *
     * @param most pages that the list can have
     * @throws AwsAccessException when it does not end
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
