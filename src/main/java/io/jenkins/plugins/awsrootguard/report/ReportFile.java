package io.jenkins.plugins.awsrootguard.report;

import java.util.Arrays;
import java.util.Optional;

/** The files that a run makes for people and for other programs. */
public enum ReportFile {
    REPORT("report.html", "text/html;charset=UTF-8", "Report to read, mail and print"),
    CREDENTIAL_REPORT("credential-report.csv", "text/csv;charset=UTF-8", "Credential report from IAM, unchanged"),
    FINDINGS_JSON("findings.json", "application/json;charset=UTF-8", "Findings, changes and validation, for programs"),
    FINDINGS_CSV("findings.csv", "text/csv;charset=UTF-8", "Findings, for spreadsheets"),
    ACCOUNTS_CSV("accounts.csv", "text/csv;charset=UTF-8", "One row for each account, with the status of each control"),
    EVIDENCE("evidence.jsonl", "application/x-ndjson;charset=UTF-8", "API calls, changes and approvals"),
    CHECKSUMS("SHA256SUMS", "text/plain;charset=UTF-8", "Checksums, for sha256sum -c");

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
}
