package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;

/** An access key of the root user or an IAM user. Its secret stays in this package. */
public final class AccessKey {

    private final String id;
    private final String secret;
    private final Instant createdAt;
    private final CredentialHolder holder;
    private volatile boolean active = true;
    private volatile Instant lastUsedAt;
    private volatile String lastUsedRegion;
    private volatile String lastUsedService;

    AccessKey(CredentialHolder holder, Instant createdAt) {
        this.id = Ids.unique("AKIA");
        this.secret = Ids.secret();
        this.holder = holder;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public boolean active() {
        return active;
    }

    public AccessKey active(boolean value) {
        active = value;
        return this;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Null if it was never used. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    public String lastUsedRegion() {
        return lastUsedRegion;
    }

    public String lastUsedService() {
        return lastUsedService;
    }

    public AccessKey used(Instant at, String region, String service) {
        lastUsedAt = at;
        lastUsedRegion = region;
        lastUsedService = service;
        return this;
    }

    String status() {
        return active ? "Active" : "Inactive";
    }

    String secret() {
        return secret;
    }

    CredentialHolder holder() {
        return holder;
    }

    AccessKeyPair pair() {
        return new AccessKeyPair(id, secret);
    }

    @Override
    public String toString() {
        return id + " " + status();
    }
}
