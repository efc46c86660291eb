package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** An IAM user, with its policies, tags and groups. */
public final class EmulatedUser extends CredentialHolder implements PolicyHolder {

    private final String path;
    private final String name;
    private final String userId = Ids.unique("AIDA");
    private final Map<String, String> tags = new ConcurrentSkipListMap<>();
    private final Map<String, String> inlinePolicies = new ConcurrentSkipListMap<>();
    private final Set<String> attachedPolicies = new ConcurrentSkipListSet<>();
    private volatile String permissionsBoundary;

    EmulatedUser(EmulatedAccount account, String path, String name, Instant createdAt) {
        super(account, createdAt);
        this.path = path;
        this.name = name;
    }

    public String path() {
        return path;
    }

    public String name() {
        return name;
    }

    @Override
    public String arn() {
        return account().iamArn("user" + path + name);
    }

    @Override
    public String userId() {
        return userId;
    }

    @Override
    String userName() {
        return name;
    }

    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public Map<String, String> inlinePolicies() {
        return inlinePolicies;
    }

    @Override
    public Set<String> attachedPolicies() {
        return attachedPolicies;
    }

    /** The ARN of the permissions boundary, or null. */
    public String permissionsBoundary() {
        return permissionsBoundary;
    }

    public EmulatedUser permissionsBoundary(String arn) {
        permissionsBoundary = arn;
        return this;
    }

    /** Sets the time of creation. */
    public EmulatedUser createdAt(Instant at) {
        setCreatedAt(at);
        return this;
    }

    /** Sets a console password, which is not stored, with the time of its last change and last use (null: never). */
    public EmulatedUser password(Instant changed, Instant used) {
        setLoginProfile(new LoginProfile(changed, changed, false));
        setPasswordLastUsed(used);
        return this;
    }

    /** Assigns a virtual MFA device with this name. */
    public EmulatedUser enableVirtualMfa(String deviceName) {
        addMfa(account().newVirtualMfa("/", deviceName), account().now());
        return this;
    }

    /** Removes all MFA devices. */
    public EmulatedUser removeAllMfa() {
        mfaDevices().forEach(this::removeMfa);
        return this;
    }
}
