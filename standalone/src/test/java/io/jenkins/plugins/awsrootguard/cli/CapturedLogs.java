package io.jenkins.plugins.awsrootguard.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Everything that is logged in a process, however finely, to either of the two ways of logging that its libraries know:
 * java.util.logging, and SLF4J when the process is started with {@code -Dslf4j.provider} naming this class.
 */
public final class CapturedLogs implements SLF4JServiceProvider {

    /** What one logger said; for the emulated AWS, which runs in the same process, nothing. */
    record Line(String logger, String text) {}

    static final List<Line> LINES = new CopyOnWriteArrayList<>();

    private final IMarkerFactory markers = new BasicMarkerFactory();

    /** Captures java.util.logging, from its finest level on. */
    static void begin() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        root.addHandler(new JavaLogging());
    }

    private static void add(String logger, String text) {
        if (!String.valueOf(logger).contains("httpserver")) {
            LINES.add(new Line(logger, text));
        }
    }

    private static final class JavaLogging extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        JavaLogging() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            add(line.getLoggerName(), formatter.format(line));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static final class Slf4j extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        Slf4j(String name) {
            this.name = name;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                org.slf4j.event.Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            String text = level + " " + MessageFormatter.basicArrayFormat(message, arguments);
            add(name, thrown == null ? text : text + "\n" + SecretsRun.stack(thrown));
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return Slf4j::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // It is ready as it is.
    }
}
