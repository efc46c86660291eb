package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** An IAM group. Its members are user names. */
public final class EmulatedGroup implements PolicyHolder {

    private final EmulatedAccount account;
    private final String path;
    private final String name;
    private final Instant createdAt;
    private final String groupId = Ids.unique("AGPA");
    private final Set<String> members = new ConcurrentSkipListSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> inlinePolicies = new ConcurrentSkipListMap<>();
    private final Set<String> attachedPolicies = new ConcurrentSkipListSet<>();

    EmulatedGroup(EmulatedAccount account, String path, String name, Instant createdAt) {
        this.account = account;
        this.path = path;
        this.name = name;
        this.createdAt = createdAt;
    }

    public String path() {
        return path;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return account.iamArn("group" + path + name);
    }

    String groupId() {
        return groupId;
    }

    Instant createdAt() {
        return createdAt;
    }

    public Set<String> members() {
        return members;
    }

    @Override
    public Map<String, String> inlinePolicies() {
        return inlinePolicies;
    }

    @Override
    public Set<String> attachedPolicies() {
        return attachedPolicies;
    }
}
