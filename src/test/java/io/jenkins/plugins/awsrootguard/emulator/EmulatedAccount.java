package io.jenkins.plugins.awsrootguard.emulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The state of an AWS account. Tests can change it at any time, also during calls. */
public final class EmulatedAccount {

    private final EmbeddedAws aws;
    private final String id;
    private final String partition;
    private final RootUser root;
    private final CredentialReport report = new CredentialReport(this);
    // IAM ignores the case of names, and stores them as written.
    private final Map<String, EmulatedUser> users = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, EmulatedGroup> groups = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, EmulatedRole> roles = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, OidcProvider> oidcProviders = new ConcurrentHashMap<>();
    private final Map<String, ManagedPolicy> policies = new ConcurrentHashMap<>();
    private final Map<String, MfaDevice> virtualMfa = new ConcurrentSkipListMap<>();
    /** Policies by bucket name or queue name; empty for none. */
    private final Map<String, String> buckets = new ConcurrentHashMap<>();

    private final Map<String, String> queues = new ConcurrentHashMap<>();
    private final List<CloudTrailEvent> events = new CopyOnWriteArrayList<>();
    private volatile AccountPasswordPolicy passwordPolicy;
    private volatile boolean securityContact = true;
    private volatile String alias;
    private volatile String name;

    EmulatedAccount(EmbeddedAws aws, String id, String partition, Instant createdAt) {
        this.aws = aws;
        this.id = id;
        this.partition = partition;
        this.name = "account-" + id;
        this.root = new RootUser(this, createdAt);
        AwsManagedPolicies.of(partition).forEach(policy -> policies.put(policy.arn(), policy));
    }

    public String id() {
        return id;
    }

    public String partition() {
        return partition;
    }

    public Map<String, String> buckets() {
        return buckets;
    }

    /** In every region. */
    public Map<String, String> queues() {
        return queues;
    }

    public RootUser root() {
        return root;
    }

    public Collection<EmulatedUser> users() {
        return users.values();
    }

    /** Null if it does not exist. */
    public EmulatedUser user(String userName) {
        return users.get(userName);
    }

    public EmulatedUser createUser(String path, String userName) {
        EmulatedUser user = new EmulatedUser(this, path, userName, now());
        if (users.putIfAbsent(userName, user) != null) {
            throw AwsException.alreadyExists("User with name " + userName + " already exists.");
        }
        return user;
    }

    public Collection<EmulatedGroup> groups() {
        return groups.values();
    }

    /** Null if it does not exist. */
    public EmulatedGroup group(String groupName) {
        return groups.get(groupName);
    }

    public EmulatedGroup createGroup(String path, String groupName) {
        EmulatedGroup group = new EmulatedGroup(this, path, groupName, now());
        if (groups.putIfAbsent(groupName, group) != null) {
            throw AwsException.alreadyExists("Group with name " + groupName + " already exists.");
        }
        return group;
    }

    public Collection<EmulatedRole> roles() {
        return roles.values();
    }

    /** Null if it does not exist. */
    public EmulatedRole role(String roleName) {
        return roles.get(roleName);
    }

    public EmulatedRole createRole(String roleName) {
        return roles.computeIfAbsent(roleName, missing -> new EmulatedRole(this, missing));
    }

    /** Creates an OIDC identity provider; returns its ARN. Loopback issuers can have {@code http} URLs. */
    public String createOidcProvider(String issuerUrl, String... clientIds) {
        OidcProvider provider = OidcProvider.of(this, issuerUrl, clientIds);
        if (oidcProviders.putIfAbsent(issuerUrl, provider) != null) {
            throw AwsException.alreadyExists("Provider with url " + issuerUrl + " already exists.");
        }
        return provider.arn();
    }

    /** Null if it does not exist. */
    OidcProvider oidcProvider(String issuerUrl) {
        return oidcProviders.get(issuerUrl);
    }

    /** AWS managed and customer managed policies. */
    public Collection<ManagedPolicy> policies() {
        return policies.values();
    }

    /** Null if it does not exist. */
    ManagedPolicy policy(String arn) {
        return policies.get(arn);
    }

    /** Creates a customer managed policy; returns its ARN. */
    public String createPolicy(String policyName, String json) {
        PolicyDocument.parse(json);
        String arn = iamArn("policy/" + policyName);
        policies.put(arn, new ManagedPolicy(arn, "/", policyName, Ids.unique("ANPA"), now(), json));
        return arn;
    }

    /** Root's active access key, which is created if it does not exist. */
    public AccessKeyPair rootKey() {
        return root.accessKeys().stream()
                .filter(AccessKey::active)
                .findFirst()
                .map(AccessKey::pair)
                .orElseGet(root::addAccessKey);
    }

    public AccessKeyPair userKey(String userName) {
        return existing(userName).newKey(now()).pair();
    }

    /** Adds an inline policy to the user. */
    public EmulatedAccount allow(String userName, String policyJson) {
        PolicyDocument.parse(policyJson);
        EmulatedUser user = existing(userName);
        user.inlinePolicies().put("allow-" + (user.inlinePolicies().size() + 1), policyJson);
        return this;
    }

    public EmulatedAccount attachAdministratorAccess(String userName) {
        existing(userName).attachedPolicies().add(administratorAccess());
        return this;
    }

    private EmulatedUser existing(String userName) {
        EmulatedUser user = users.get(userName);
        if (user == null) {
            throw new IllegalArgumentException("No user " + userName + " in account " + id);
        }
        return user;
    }

    public String administratorAccess() {
        return "arn:" + partition + ":iam::aws:policy/AdministratorAccess";
    }

    /** Null for AWS's default. */
    public AccountPasswordPolicy passwordPolicy() {
        return passwordPolicy;
    }

    public EmulatedAccount passwordPolicy(AccountPasswordPolicy policy) {
        passwordPolicy = policy;
        return this;
    }

    boolean hasSecurityContact() {
        return securityContact;
    }

    /** Whether it has an alternate contact for security. Default: it has. */
    public EmulatedAccount securityContact(boolean exists) {
        securityContact = exists;
        return this;
    }

    public String alias() {
        return alias;
    }

    public EmulatedAccount alias(String value) {
        alias = value;
        return this;
    }

    /** The name that Organizations shows. */
    public String name() {
        return name;
    }

    public EmulatedAccount name(String value) {
        name = value;
        return this;
    }

    /**
     * The number of responses before the report is complete: the first is STARTED, the others are INPROGRESS (or, of
     * GetCredentialReport, ReportInProgress). 0: complete immediately. Default: 2.
     */
    public EmulatedAccount reportDelay(int polls) {
        report.delay(polls);
        return this;
    }

    /** The time during which the same report is returned. Default, as in AWS: 4. */
    public EmulatedAccount reportCacheHours(int hours) {
        report.cache(Duration.ofHours(hours));
        return this;
    }

    /** Returns this CSV as the report, which never expires. Null: the report is generated from the state. */
    public EmulatedAccount reportOverride(byte[] csv, Instant generatedAt) {
        report.override(csv, generatedAt);
        return this;
    }

    public EmulatedAccount addCloudTrailEvent(CloudTrailEvent event) {
        events.add(event);
        return this;
    }

    public List<CloudTrailEvent> cloudTrailEvents() {
        return List.copyOf(events);
    }

    CredentialReport report() {
        return report;
    }

    Map<String, MfaDevice> virtualMfa() {
        return virtualMfa;
    }

    /** Creates a virtual MFA device that is not assigned. */
    public MfaDevice newVirtualMfa(String path, String deviceName) {
        String serial = iamArn("mfa" + path + deviceName);
        MfaDevice device = new MfaDevice(serial, true);
        if (virtualMfa.putIfAbsent(serial, device) != null) {
            throw AwsException.alreadyExists("MFADevice entity at the same path and name already exists.");
        }
        return device;
    }

    String iamArn(String resource) {
        return "arn:" + partition + ":iam::" + id + ":" + resource;
    }

    /** The region of the partition's global services and console sign-ins. */
    String homeRegion() {
        return switch (partition) {
            case "aws-us-gov" -> "us-gov-west-1";
            case "aws-cn" -> "cn-north-1";
            case "aws-eusc" -> "eusc-de-east-1";
            default -> "us-east-1";
        };
    }

    EmbeddedAws aws() {
        return aws;
    }

    Instant now() {
        return aws.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
