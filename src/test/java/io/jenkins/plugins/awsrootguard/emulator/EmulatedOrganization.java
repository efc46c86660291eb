package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An organization: its management account, members, and central root management. */
public final class EmulatedOrganization {

    private final String id = "o-" + Ids.lowerCase(10);
    private final String rootId = "r-" + Ids.lowerCase(4);
    private final EmulatedAccount management;
    private final Instant createdAt;
    private final List<EmulatedAccount> members = new CopyOnWriteArrayList<>();
    private final Set<String> suspended = ConcurrentHashMap.newKeySet();
    private final Map<String, String> units = new ConcurrentSkipListMap<>();
    private final Map<String, String> unitOf = new ConcurrentHashMap<>();
    private final List<EmulatedScp> policies = new CopyOnWriteArrayList<>();
    private volatile boolean trustedAccess = true;
    private volatile boolean accountManagement = true;
    private volatile boolean rootCredentialsManagement;
    private volatile boolean rootSessions;
    private volatile EmulatedAccount delegatedAdministrator;

    EmulatedOrganization(EmulatedAccount management) {
        this.management = management;
        this.createdAt = management.now();
    }

    public String id() {
        return id;
    }

    public EmulatedAccount management() {
        return management;
    }

    public EmulatedOrganization addMember(EmulatedAccount account) {
        members.add(account);
        return this;
    }

    /** Moves the account into an organizational unit, which is created if it does not exist; returns its id. */
    public String moveTo(String unitName, EmulatedAccount account) {
        String unit = units.computeIfAbsent(unitName, made -> "ou-" + rootId.substring(2) + "-" + Ids.lowerCase(8));
        unitOf.put(account.id(), unit);
        return unit;
    }

    /** Units by name. All are directly below the root. */
    Map<String, String> units() {
        return units;
    }

    /** The id of the unit, or of the root. */
    String parentOf(EmulatedAccount account) {
        return unitOf.getOrDefault(account.id(), rootId);
    }

    public EmulatedOrganization suspend(EmulatedAccount account) {
        suspended.add(account.id());
        return this;
    }

    /**
     * Attaches a new service control policy, which is in force immediately.
     *
     * @param target the id of an account, of an organizational unit, or of the root
     */
    public String attachPolicy(String name, String document, String target) {
        PolicyDocument.parse(document);
        EmulatedScp policy = new EmulatedScp("p-" + Ids.lowerCase(8), name, document, target);
        policies.add(policy);
        return policy.id();
    }

    List<EmulatedScp> policies() {
        return policies;
    }

    /** What the service control policies deny in an account; they do not apply to the management account. */
    boolean denies(EmulatedAccount account, String action, String resource, Map<String, String> context) {
        if (account == management) {
            return false;
        }
        List<String> targets = List.of(account.id(), parentOf(account), rootId);
        List<PolicyDocument> inForce = policies.stream()
                .filter(p -> targets.contains(p.target()))
                .map(EmulatedScp::parsed)
                .toList();
        return PolicyDocument.of(inForce, action, resource, context) == PolicyDocument.Verdict.DENY;
    }

    public EmulatedOrganization enableRootCredentialsManagement(boolean on) {
        rootCredentialsManagement = on;
        return this;
    }

    public EmulatedOrganization enableRootSessions(boolean on) {
        rootSessions = on;
        return this;
    }

    /** Trusted access of IAM, on by default. Off: ServiceAccessNotEnabledException. */
    public EmulatedOrganization trustedAccess(boolean on) {
        trustedAccess = on;
        return this;
    }

    /** Trusted access of AWS Account Management, on by default. */
    public EmulatedOrganization accountManagement(boolean on) {
        accountManagement = on;
        return this;
    }

    boolean isAccountManagementEnabled() {
        return accountManagement;
    }

    /** A member that can manage root users; null for none. */
    public EmulatedOrganization delegatedAdministrator(EmulatedAccount account) {
        delegatedAdministrator = account;
        return this;
    }

    EmulatedAccount delegatedAdministrator() {
        return delegatedAdministrator;
    }

    public boolean isTrustedAccessEnabled() {
        return trustedAccess;
    }

    public boolean isRootCredentialsManagementEnabled() {
        return rootCredentialsManagement;
    }

    public boolean isRootSessionsEnabled() {
        return rootSessions;
    }

    public String rootId() {
        return rootId;
    }

    Instant createdAt() {
        return createdAt;
    }

    boolean mayManage(EmulatedAccount account) {
        return account == management || account == delegatedAdministrator;
    }

    boolean contains(EmulatedAccount account) {
        return account == management || members.contains(account);
    }

    boolean isActiveMember(EmulatedAccount account) {
        return members.contains(account) && !suspended.contains(account.id());
    }

    boolean isSuspended(EmulatedAccount account) {
        return suspended.contains(account.id());
    }

    /** The management account is first. */
    List<EmulatedAccount> accounts() {
        List<EmulatedAccount> all = new ArrayList<>();
        all.add(management);
        all.addAll(members);
        return all;
    }

    String arn(String resource) {
        return "arn:" + management.partition() + ":organizations::" + management.id() + ":" + resource;
    }
}
