package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.report.HtmlReport;
import io.jenkins.plugins.awsrootguard.report.OrganizationJson;
import io.jenkins.plugins.awsrootguard.report.OrganizationTally;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reports on an organization, made from the build's store with one account's state in memory at a time. */
public final class OrganizationPaper {

    private final OrganizationStore store;
    private final OrganizationSummary summary;

    public OrganizationPaper(OrganizationStore store, OrganizationSummary summary) {
        this.store = store;
        this.summary = summary;
    }

    /** Writes {@code findings.json}, {@code accounts.csv}, {@code report.html} and its style sheet into a folder. */
    public void write(Path dir) throws IOException {
        OrganizationTally tally;
        try (OutputStream json = new BufferedOutputStream(Files.newOutputStream(dir.resolve("findings.json")))) {
            tally = json(json);
        }
        try (OutputStream csv = new BufferedOutputStream(Files.newOutputStream(dir.resolve("accounts.csv")))) {
            OrganizationCsv.write(summary, csv);
        }
        HtmlReport.write(summary.result(), tally, dir);
    }

    /** Writes {@code findings.json} and leaves the stream open. */
    public void writeJson(OutputStream out) throws IOException {
        json(out);
    }

    private OrganizationTally json(OutputStream out) throws IOException {
        OrganizationTally tally = new OrganizationTally();
        try (OrganizationJson json =
                new OrganizationJson(new Kept(out), summary.result().organization())) {
            for (IndexedAccount account : summary.accounts()) {
                AccountOutcome outcome = account.outcome(store.state(account));
                tally.add(outcome, null);
                json.add(outcome);
            }
            json.finish(summary.result(), tally);
        }
        return tally;
    }

    /** A stream that is not the writer's to close. */
    private static final class Kept extends FilterOutputStream {

        Kept(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
