package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** An IAM role, just enough for AssumeRole; its trust policy trusts everybody that the emulator knows. */
public final class EmulatedRole implements PolicyHolder {

    private final EmulatedAccount account;
    private final String name;
    private final String roleId = Ids.unique("AROA");
    private final Map<String, String> inlinePolicies = new ConcurrentSkipListMap<>();
    private final Set<String> attachedPolicies = new ConcurrentSkipListSet<>();

    EmulatedRole(EmulatedAccount account, String name) {
        this.account = account;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return account.iamArn("role/" + name);
    }

    String roleId() {
        return roleId;
    }

    EmulatedAccount account() {
        return account;
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
