package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** An X.509 signing certificate. Its body is a placeholder. */
public final class SigningCertificate {

    private final String id = Ids.certificate();
    private final Instant uploadedAt;
    private volatile boolean active;

    SigningCertificate(boolean active, Instant uploadedAt) {
        this.active = active;
        this.uploadedAt = uploadedAt;
    }

    public String id() {
        return id;
    }

    public boolean active() {
        return active;
    }

    public SigningCertificate active(boolean value) {
        active = value;
        return this;
    }

    public Instant uploadedAt() {
        return uploadedAt;
    }

    String body() {
        return "-----BEGIN CERTIFICATE-----\nZW11bGF0ZWQ=\n-----END CERTIFICATE-----";
    }
}
