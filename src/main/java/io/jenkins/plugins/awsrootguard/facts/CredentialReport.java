package io.jenkins.plugins.awsrootguard.facts;

import java.time.Instant;

/**
 * The IAM credential report, decoded and reviewed.
 *
 * @param generatedAt when AWS made it: up to four hours before it was asked for
 * @param sha256 of the bytes as AWS gave them, in hexadecimal
 */
public record CredentialReport(Instant generatedAt, String sha256, ReportRoot root, ReportTotals totals) {}
