package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.controls.Finding;
import io.jenkins.plugins.awsrootguard.controls.Rule;
import io.jenkins.plugins.awsrootguard.controls.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes {@code junit.xml}, as the Jenkins step {@code junit} reads it: a suite for each account and a test case for each control. A
 * control that could not be read is an error; one that was not checked, does not apply, or has an exception in force is skipped.
 * One account is held in memory at a time. Not thread-safe.
 */
final class JUnitFile implements ReportFile.AccountWriter {

    /** What XML 1.0 does not allow, not even escaped. */
    private static final Pattern NO_XML = Pattern.compile("[^\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;
    private final RunReport run;

    /** What is written to the file, in one call or several. */
    private interface Part {
        void write() throws XMLStreamException;
    }

    /** Begins the file in UTF-8. {@link #close} ends it and leaves the stream open. */
    JUnitFile(OutputStream out, RunReport run) throws IOException {
        this.run = run;
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        write(() -> {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            start("testsuites", "name", "AWS Root Guard");
        });
        if (run.central() != null) {
            String organization = run.header().organization().id();
            write(() -> suite(organization, run.title(), List.of(run.central().finding())));
        }
    }

    @Override
    public void add(AccountReport account) throws IOException {
        String id = account.row().accountId();
        String name = account.row().name();
        if (account.state().reading().isMissing()) {
            write(() -> one(id, name, "account-is-readable", account.row().worst()));
        } else if (account.state().findings() != null) {
            write(() -> suite(id, name, account.state().findings().findings()));
        }
    }

    /** A suite with one erroneous test case. */
    private void one(String id, String name, String test, String error) throws XMLStreamException {
        start("testsuite", "name", name, "tests", "1", "errors", "1", "failures", "0", "skipped", "0");
        start("testcase", "classname", "aws." + id, "name", test, "time", "0");
        message("error", error, "");
        end(2);
    }

    private void suite(String id, String name, List<Finding> findings) throws XMLStreamException {
        start("testsuite", "name", name, "tests", "" + findings.size());
        for (String outcome : List.of("error", "failure", "skipped")) {
            long n = findings.stream().filter(f -> outcome(f).equals(outcome)).count();
            xml.writeAttribute(outcome.equals("skipped") ? outcome : outcome + "s", "" + n);
        }
        for (Finding f : findings) {
            start("testcase", "classname", "aws." + id, "name", f.control(), "time", "0");
            String outcome = outcome(f);
            if (outcome.equals("skipped")) {
                message(outcome, f.sentence() + (f.isExcepted() ? " " + new FindingRow(f).exception() : ""), "");
            } else if (!outcome.isEmpty()) {
                Rule rule = f.rule();
                String text = "Required: " + rule.title() + "\nSeverity: " + f.severity() + "\n" + rule.remediation();
                message(outcome, f.sentence(), text);
            }
            end(1);
        }
        end(1);
    }

    /** The element for the outcome of a test case; empty for one that passed. */
    private static String outcome(Finding f) {
        if (f.status() == Status.PASS) {
            return "";
        }
        return f.counted() == Status.FAIL ? "failure" : f.counted() == Status.UNKNOWN ? "error" : "skipped";
    }

    private void message(String element, String message, String text) throws XMLStreamException {
        start(element, "message", message);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    private void start(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], allowed(attributes[i + 1]));
        }
    }

    private void end(int elements) throws XMLStreamException {
        for (int i = 0; i < elements; i++) {
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
    }

    private static String allowed(String text) {
        return NO_XML.matcher(text).replaceAll("\uFFFD");
    }

    private static void write(Part part) throws IOException {
        try {
            part.write();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        write(() -> {
            if (run.header() != null && !run.isComplete()) {
                one(run.title(), run.title(), "run-is-complete", run.verdict());
            }
            xml.writeEndDocument();
            xml.flush();
        });
    }
}
