package io.jenkins.plugins.awsrootguard.assessment;

import java.time.Duration;
import java.time.Instant;

/** How many accounts are completed, as a log line at most every five seconds. Thread-safe. */
final class Progress {

    static final Duration BETWEEN = Duration.ofSeconds(5);

    /** The first accounts wait for connections to be made, so they are not used for the estimate. */
    private static final int ENOUGH = 10;

    private final String failed;
    private final Instant start;
    private Instant next;
    private int total;
    private boolean listed;
    private int done;
    private int failures;

    /** @param failed the text for the accounts where it failed, for example {@code could not be read} */
    Progress(String failed, Instant start) {
        this.failed = failed;
        this.start = start;
        this.next = start.plus(BETWEEN);
    }

    synchronized void found() {
        total++;
    }

    /** After every account was listed. */
    synchronized void allFound() {
        listed = true;
    }

    synchronized void done(boolean well) {
        done++;
        failures += well ? 0 : 1;
    }

    synchronized boolean isOver() {
        return listed && done == total;
    }

    synchronized int total() {
        return total;
    }

    /** How long to wait until the next line is due; never negative. */
    synchronized Duration untilNext(Instant now) {
        Duration left = Duration.between(now, next);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The line when one is due, else null. */
    synchronized String line(Instant now) {
        if (now.isBefore(next)) {
            return null;
        }
        next = now.plus(BETWEEN);
        return done + " of " + (listed ? "" : "at least ") + total + (total == 1 ? " account" : " accounts") + " done"
                + (failures == 0 ? "" : ", " + failures + " of them " + failed) + left(now);
    }

    private String left(Instant now) {
        if (done < ENOUGH || done == total) {
            return "";
        }
        long seconds = Math.round(Duration.between(start, now).toMillis() / 1000.0 / done * (total - done));
        String time = seconds < 90 ? Math.max(1, seconds) + " s" : Math.round(seconds / 60.0) + " min";
        return "; about " + time + (listed ? "" : " or more") + " left";
    }
}
