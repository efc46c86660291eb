package io.jenkins.plugins.awsrootguard.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Generates, stores and returns the credential report as AWS does: with a delay, and once in four hours. */
final class CredentialReport {

    private static final Duration EXPIRY = Duration.ofHours(4);

    private final EmulatedAccount account;
    private int delay = 2;
    private Duration cache = EXPIRY;
    private int pending;
    private Generated generated;
    private Generated override;

    /** A finished report. */
    record Generated(byte[] csv, Instant at) {}

    CredentialReport(EmulatedAccount account) {
        this.account = account;
    }

    synchronized void delay(int polls) {
        delay = polls;
    }

    synchronized void cache(Duration value) {
        cache = value;
    }

    synchronized void override(byte[] csv, Instant at) {
        override = csv == null ? null : new Generated(csv.clone(), at);
    }

    /** Returns the state for GenerateCredentialReport. */
    synchronized String generate() {
        if (override != null) {
            return "COMPLETE";
        }
        if (pending > 0) {
            pending--;
            return finished() ? "COMPLETE" : "INPROGRESS";
        }
        if (generated != null && age().compareTo(cache) < 0) {
            return "COMPLETE";
        }
        generated = null;
        pending = delay;
        return finished() ? "COMPLETE" : "STARTED";
    }

    synchronized Generated get() {
        if (override != null) {
            return override;
        }
        // A request for the report counts like a request for its state.
        if (pending > 0) {
            pending--;
            if (!finished()) {
                throw new AwsException(404, "ReportInProgress", "Credential report generation is in progress.");
            }
        }
        if (generated == null) {
            throw new AwsException(410, "ReportNotPresent", "No report exists. Please generate one first.");
        }
        if (age().compareTo(EXPIRY) > 0) {
            throw new AwsException(410, "ReportExpired", "The report has expired. Please generate a new one.");
        }
        return generated;
    }

    private Duration age() {
        return Duration.between(generated.at(), account.now());
    }

    private boolean finished() {
        if (pending == 0) {
            byte[] csv = CredentialReportCsv.of(account).getBytes(StandardCharsets.UTF_8);
            generated = new Generated(csv, account.now());
        }
        return pending == 0;
    }
}
