package io.jenkins.plugins.awsrootguard.emulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An emulated AWS on the loopback interface: the actions of IAM, STS, CloudTrail, Organizations and Account Management that this project calls, in
 * AWS's wire formats, on one endpoint for AWS_ENDPOINT_URL. The signature of a call names its service. Thread-safe.
 */
public final class EmbeddedAws implements AutoCloseable {

    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Faults faults = new Faults();
    private final Map<String, EmulatedAccount> accounts = new ConcurrentHashMap<>();
    private final List<EmulatedOrganization> organizations = new CopyOnWriteArrayList<>();
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Principal.Session> sessions = new ConcurrentHashMap<>();
    private final Set<String> webIdentityTokens = ConcurrentHashMap.newKeySet();
    private final List<RecordedCall> calls = new ArrayList<>();
    private final Deque<Instant> cloudTrailCalls = new ArrayDeque<>();
    private volatile boolean cloudTrailRateEnforced;

    private EmbeddedAws(int port, Clock clock) {
        this.clock = clock;
        // Otherwise TCP's delayed acknowledgement adds 40 ms to each response.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "embedded-aws");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", new Dispatcher(this));
        server.createContext("/console/", new ConsolePage(this));
    }

    /** Starts on a free port, with the time of the system. */
    public static EmbeddedAws start() {
        return start(0, Clock.systemUTC());
    }

    /**
     * @param port 0 for a free port
     * @param clock time of the state; the time of signatures is not checked
     */
    public static EmbeddedAws start(int port, Clock clock) {
        EmbeddedAws aws = new EmbeddedAws(port, clock);
        aws.server.start();
        return aws;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public EmulatedAccount createAccount(String accountId) {
        return createAccount(accountId, "aws");
    }

    public EmulatedAccount createAccount(String accountId, String partition) {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account id has twelve digits: " + accountId);
        }
        Instant created = Instant.parse("2016-05-04T12:00:00Z");
        EmulatedAccount account = new EmulatedAccount(this, accountId, partition, created);
        if (accounts.putIfAbsent(accountId, account) != null) {
            throw new IllegalStateException("Account " + accountId + " exists already");
        }
        return account;
    }

    /** Null if it does not exist. */
    public EmulatedAccount account(String id) {
        return accounts.get(id);
    }

    public EmulatedOrganization createOrganization(EmulatedAccount management) {
        EmulatedOrganization organization = new EmulatedOrganization(management);
        organizations.add(organization);
        return organization;
    }

    /** Temporary credentials of a user, valid for one hour. */
    public SessionKey session(EmulatedUser user) {
        Principal principal = new Principal(user.account(), user, null, null, null, Ids.unique("ASIA"));
        Principal.Session session = new Principal.Session(
                principal, Ids.secret(), Ids.sessionToken(), clock.instant().plusSeconds(3600));
        sessions.put(principal.accessKeyId(), session);
        return new SessionKey(principal.accessKeyId(), session.secret(), session.token());
    }

    /** All secrets, session tokens and received web identity tokens so far. Tests search for them in files and logs. */
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>(webIdentityTokens);
        keys.values().forEach(key -> secrets.add(key.secret()));
        sessions.values().forEach(session -> secrets.addAll(List.of(session.secret(), session.token())));
        return secrets;
    }

    public Faults faults() {
        return faults;
    }

    public List<RecordedCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    public void clearCalls() {
        synchronized (calls) {
            calls.clear();
        }
    }

    /** Whether LookupEvents is throttled at more than two calls a second; off by default. */
    public EmbeddedAws enforceCloudTrailRate(boolean enforced) {
        cloudTrailRateEnforced = enforced;
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    Clock clock() {
        return clock;
    }

    /** The access keys of all accounts, by id. */
    Map<String, AccessKey> keys() {
        return keys;
    }

    /** Temporary credentials, by access key id. */
    Map<String, Principal.Session> sessions() {
        return sessions;
    }

    Set<String> webIdentityTokens() {
        return webIdentityTokens;
    }

    /** Null if the account is in no organization. */
    EmulatedOrganization organizationOf(EmulatedAccount account) {
        return organizations.stream()
                .filter(organization -> organization.contains(account))
                .findFirst()
                .orElse(null);
    }

    void record(RecordedCall call) {
        synchronized (calls) {
            calls.add(call);
        }
    }

    void countCloudTrailCall() {
        if (!cloudTrailRateEnforced) {
            return;
        }
        Instant now = clock.instant();
        synchronized (cloudTrailCalls) {
            while (!cloudTrailCalls.isEmpty()
                    && Duration.between(cloudTrailCalls.peek(), now).toMillis() >= 1000) {
                cloudTrailCalls.remove();
            }
            if (cloudTrailCalls.size() == 2) {
                throw new AwsException(400, "ThrottlingException", "Rate exceeded");
            }
            cloudTrailCalls.add(now);
        }
    }
}
