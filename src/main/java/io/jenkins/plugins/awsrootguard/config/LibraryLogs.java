package io.jenkins.plugins.awsrootguard.config;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What the libraries under this plugin would log of secrets: Apache's HTTP client writes whole requests and answers at FINE, with
 * session tokens and the credentials of {@code AssumeRoot}'s answers in them, and the SDK the headers that it signs. A log recorder
 * for everything must not collect that. One that an administrator makes for just these loggers still does: that is asked for.
 */
final class LibraryLogs {

    // Held, for a logger that nobody holds forgets its level.
    private static final List<Logger> TALKATIVE = Stream.of("org.apache.http", "software.amazon.awssdk")
            .map(Logger::getLogger)
            .toList();

    private LibraryLogs() {}

    /** Gives the loggers a level of their own unless they have one; asked for each time, for a recorder's end takes it away. */
    static void quieten() {
        for (Logger logger : TALKATIVE) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.INFO);
            }
        }
    }
}
