package io.jenkins.plugins.awsrootguard.config;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The loggers of the libraries that call AWS, in the controller and in an agent. */
final class LibraryLoggers {

    // Strong references: a collected logger loses its level.
    private static final List<Logger> LOGGERS = Stream.of("org.apache.http", "software.amazon.awssdk")
            .map(Logger::getLogger)
            .toList();

    private LibraryLoggers() {}

    /**
     * At FINE, Apache's HTTP client logs session tokens and the credentials of {@code AssumeRoot}, and the SDK logs signed headers.
     * Called each time, because deleting a log recorder resets the level. A recorder for these loggers still gets all.
     */
    static void keepSecrets() {
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.INFO);
            }
        }
    }
}
