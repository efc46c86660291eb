package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes the XML of a response. Omits null values. */
final class Xml {

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    Xml open(String element) {
        text.append('<').append(element).append('>');
        open.push(element);
        return this;
    }

    Xml open(String element, String namespace) {
        text.append('<').append(element).append(" xmlns=\"").append(namespace).append("\">");
        open.push(element);
        return this;
    }

    Xml close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    Xml put(String element, Object value) {
        if (value != null) {
            open(element);
            String string = value instanceof Instant at
                    ? at.truncatedTo(ChronoUnit.SECONDS).toString()
                    : value + "";
            text.append(string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
            close();
        }
        return this;
    }

    /** Appends XML text. */
    Xml append(Xml inner) {
        text.append(inner.text);
        return this;
    }

    boolean isEmpty() {
        return text.length() == 0;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
