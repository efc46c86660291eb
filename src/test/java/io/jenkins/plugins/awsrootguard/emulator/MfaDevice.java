package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** An MFA device: virtual (listed also if it is not assigned), a hardware token or a passkey. */
public final class MfaDevice {

    private final String serialNumber;
    private final boolean virtual;
    private final Map<String, String> tags = new ConcurrentSkipListMap<>();
    private volatile CredentialHolder holder;
    private volatile Instant enabledAt;

    MfaDevice(String serialNumber, boolean virtual) {
        this.serialNumber = serialNumber;
        this.virtual = virtual;
    }

    public String serialNumber() {
        return serialNumber;
    }

    public boolean virtual() {
        return virtual;
    }

    /** Null if it is not assigned. */
    public Instant enabledAt() {
        return enabledAt;
    }

    Map<String, String> tags() {
        return tags;
    }

    CredentialHolder holder() {
        return holder;
    }

    void assign(CredentialHolder to, Instant at) {
        holder = to;
        enabledAt = at;
    }

    void unassign() {
        holder = null;
        enabledAt = null;
    }
}
