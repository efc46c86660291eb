package io.jenkins.plugins.awsrootguard.config;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps secrets of libraries out of log recorders: at FINE, Apache's HTTP client logs whole requests and responses, with session
 * tokens and the credentials of {@code AssumeRoot}, and the SDK logs signed headers. A recorder for these loggers still gets them.
 */
final class LibraryLogs {

    // Strong references: a collected logger loses its level.
    private static final List<Logger> TALKATIVE = Stream.of("org.apache.http", "software.amazon.awssdk")
            .map(Logger::getLogger)
            .toList();

    private LibraryLogs() {}

    /** Sets the level of the loggers unless they have one. Called each time, because deleting a recorder resets it. */
    static void quieten() {
        for (Logger logger : TALKATIVE) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.INFO);
            }
        }
    }
}
