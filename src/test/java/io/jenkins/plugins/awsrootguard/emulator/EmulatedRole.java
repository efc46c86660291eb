package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** An IAM role, for AssumeRole. */
public final class EmulatedRole implements PolicyHolder {

    private final EmulatedAccount account;
    private final String name;
    private final String roleId = Ids.unique("AROA");
    private final Map<String, String> inlinePolicies = new ConcurrentSkipListMap<>();
    private final Set<String> attachedPolicies = new ConcurrentSkipListSet<>();

    private volatile Set<EmulatedAccount> trusted;

    EmulatedRole(EmulatedAccount account, String name) {
        this.account = account;
        this.name = name;
    }

    /** The account that the trust policy allows. Default: all accounts. */
    public EmulatedRole trusting(EmulatedAccount... accounts) {
        trusted = Set.of(accounts);
        return this;
    }

    boolean trusts(EmulatedAccount caller) {
        return trusted == null || trusted.contains(caller);
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
