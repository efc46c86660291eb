package io.jenkins.plugins.awsrootguard.report;

import io.jenkins.plugins.awsrootguard.assessment.AccountReading;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The files that a run makes for people and for other programs. One account's state is held in memory at a time. */
public enum ReportFile {
    REPORT("report.html", "text/html;charset=UTF-8", "Report to read, mail and print"),
    CREDENTIAL_REPORT("credential-report.csv", "text/csv;charset=UTF-8", "Credential report from IAM, unchanged"),
    FINDINGS_JSON("findings.json", "application/json;charset=UTF-8", "Findings, changes and validation, for programs"),
    FINDINGS_CSV("findings.csv", "text/csv;charset=UTF-8", "Findings, for spreadsheets"),
    ACCOUNTS_CSV("accounts.csv", "text/csv;charset=UTF-8", "One row for each account, with the status of each control"),
    SARIF("findings.sarif", "application/sarif+json;charset=UTF-8", "Open findings in SARIF, for code scanning tools"),
    JUNIT("junit.xml", "application/xml;charset=UTF-8", "Findings as JUnit test results"),
    ASFF("findings.asff.json", "application/json;charset=UTF-8", "Findings for AWS Security Hub"),
    OCSF("findings.ocsf.json", "application/json;charset=UTF-8", "Findings in OCSF, for security data lakes"),
    EVIDENCE("evidence.jsonl", "application/x-ndjson;charset=UTF-8", "API calls, changes and approvals"),
    CHECKSUMS("SHA256SUMS", "text/plain;charset=UTF-8", "Checksums, for sha256sum -c");

    private static final Set<ReportFile> FORMATS = EnumSet.of(SARIF, JUNIT, ASFF, OCSF);

    private final String fileName;
    private final String contentType;
    private final String description;

    ReportFile(String fileName, String contentType, String description) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.description = description;
    }

    public String fileName() {
        return fileName;
    }

    public String contentType() {
        return contentType;
    }

    /** Returns a noun phrase for people. */
    public String description() {
        return description;
    }

    public static Optional<ReportFile> of(String fileName) {
        return Arrays.stream(values()).filter(f -> f.fileName.equals(fileName)).findFirst();
    }

    /** The additional files for other tools. */
    public static Set<ReportFile> formats() {
        return Set.copyOf(FORMATS);
    }

    /**
     * The additional files for other tools, by their names: SARIF, JUNIT, ASFF and OCSF, in any case.
     *
     * @param field the parameter or option, for the error
     * @throws InvalidInputException when there is no such format
     */
    public static Set<ReportFile> formats(String field, Collection<String> names) {
        Set<ReportFile> formats = EnumSet.noneOf(ReportFile.class);
        for (String name : names) {
            formats.add(FORMATS.stream()
                    .filter(f -> f.name().equalsIgnoreCase(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(field + " '" + Printable.text(name, 40)
                            + "' is not valid. Enter SARIF, JUNIT, ASFF or OCSF.")));
        }
        return formats;
    }

    /**
     * Writes {@code findings.json}, {@code findings.csv}, {@code report.html} with its style sheet and, unless the report is on
     * one account, {@code accounts.csv}.
     *
     * @param formats what {@link #formats} returns, written in addition
     * @param dir the folder, which is created if it does not exist
     * @param links whether each of several accounts has a page in {@code dir/ACCOUNT_ID/}
     */
    public static void writeAll(AccountStore store, RunReport run, Set<ReportFile> formats, Path dir, boolean links)
            throws IOException {
        Files.createDirectories(dir);
        for (ReportFile format : formats) {
            try (OutputStream out = open(dir, format)) {
                format.write(store, run, out);
            }
        }
        try (OutputStream out = open(dir, FINDINGS_JSON);
                FindingsJson json = new FindingsJson(out, run);
                OutputStream table = open(dir, FINDINGS_CSV);
                CsvFiles csv = new CsvFiles(utf8(table))) {
            each(store, run, account -> {
                json.add(account);
                csv.add(account);
            });
        }
        if (run.isOneAccount()) {
            each(store, run, account -> HtmlReport.write(run, account, false, dir));
            return;
        }
        try (Writer csv = utf8(open(dir, ACCOUNTS_CSV))) {
            CsvFiles.accounts(run, csv);
        }
        HtmlReport.write(run, null, links, dir);
    }

    /**
     * Writes this file and leaves the stream open.
     *
     * @throws IllegalArgumentException when the file is stored and not made
     */
    public void write(AccountStore store, RunReport run, OutputStream out) throws IOException {
        if (this == ACCOUNTS_CSV) {
            CsvFiles.accounts(run, utf8(out));
        } else if (this == REPORT && !run.isOneAccount()) {
            HtmlReport.write(run, null, out);
        } else {
            try (AccountWriter file = writer(run, out)) {
                each(store, run, file);
            }
        }
    }

    /** Begins this file. */
    private AccountWriter writer(RunReport run, OutputStream out) throws IOException {
        return switch (this) {
            case REPORT -> account -> HtmlReport.write(run, account, out);
            case FINDINGS_JSON -> new FindingsJson(out, run);
            case FINDINGS_CSV -> new CsvFiles(utf8(out));
            case SARIF -> new SarifFile(out, run);
            case JUNIT -> new JUnitFile(out, run);
            case ASFF -> FindingsArray.asff(out, run);
            case OCSF -> FindingsArray.ocsf(out, run);
            default -> throw new IllegalArgumentException(this + " is stored");
        };
    }

    /** Writes a file to which one account after another is added. */
    @FunctionalInterface
    interface AccountWriter extends Closeable {

        void add(AccountReport account) throws IOException;

        /** Ends the file and leaves the stream open. */
        @Override
        default void close() throws IOException {}
    }

    /** An account whose stored state is damaged has nothing but the reason. */
    private static void each(AccountStore store, RunReport run, AccountWriter file) throws IOException {
        for (AccountRow row : run.accounts()) {
            AccountReading reading = row.entry().reading();
            boolean damaged = reading.cause() != null && reading.cause().kind() == Unread.Kind.DAMAGED;
            Optional<AccountState> state = damaged
                    ? Optional.of(AccountState.unread(row.accountId()).withReading(reading))
                    : store.state(row.accountId());
            if (state.isPresent()) {
                file.add(new AccountReport(row, state.get()));
            }
        }
    }

    private static OutputStream open(Path dir, ReportFile file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(dir.resolve(file.fileName())));
    }

    private static Writer utf8(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }
}
