package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Credentials, a region, one HTTP connection pool, and one client for each service and partition, created when it is first
 * used. All accounts of a run share them. Thread-safe. The SDK uses another endpoint where its own setting
 * {@code AWS_ENDPOINT_URL} or {@code aws.endpointUrl} of this process names one.
 */
public final class AwsAccess implements AutoCloseable {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    /** How many calls are made at the same time at most. */
    public static final int MOST_CONNECTIONS = 200;

    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final SdkHttpClient http;
    private final Timeouts timeouts;
    /** Whose credentials assumed the role of this one; null without a role. */
    private final AwsAccess under;

    private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

    /**
     * The HTTP proxy of the connection to AWS.
     *
     * @param userName null if the proxy requires none
     * @param password null if the proxy requires none
     * @param noProxyHosts regular expressions of hosts that need no proxy
     */
    public record Proxy(String host, int port, String userName, String password, List<String> noProxyHosts) {

        public Proxy {
            noProxyHosts = List.copyOf(noProxyHosts);
        }

        private ProxyConfiguration toSdk() {
            ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                    .endpoint(URI.create("http://" + host + ":" + port))
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariableValues(false)
                    .nonProxyHosts(Set.copyOf(noProxyHosts));
            return userName == null || userName.isEmpty()
                    ? builder.build()
                    : builder.username(userName).password(password).build();
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private AwsAccess(
            AwsCredentialsProvider credentials,
            Region region,
            SdkHttpClient http,
            Timeouts timeouts,
            AwsAccess under) {
        this.credentials = credentials;
        this.region = region;
        this.http = http;
        this.timeouts = timeouts;
        this.under = under;
    }

    /**
     * Opens the access, which owns the credentials from then on: they are closed with it, and when it cannot be opened.
     *
     * @param region null for the region of the environment or the AWS profile of this process, else {@code us-east-1}
     * @param proxy null for none
     * @throws InvalidInputException when the region is not one, or is not supported
     */
    public static AwsAccess open(AwsCredentialsProvider credentials, String region, Proxy proxy, Timeouts timeouts) {
        try {
            Region chosen = regionOf(region);
            ApacheHttpClient.Builder http = ApacheHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(10))
                    .maxConnections(MOST_CONNECTIONS)
                    .socketTimeout(timeouts.attempt());
            if (proxy != null) {
                http.proxyConfiguration(proxy.toSdk());
            }
            return new AwsAccess(credentials, chosen, http.build(), timeouts, null);
        } catch (RuntimeException e) {
            IoUtils.closeIfCloseable(credentials, null);
            throw e;
        }
    }

    /**
     * Opens the access of roles. Nothing is called yet; each role is assumed when it is first needed, and again before its
     * session ends.
     *
     * @param roles assumed one after another; empty for the credentials themselves
     * @param session names the run in CloudTrail
     * @param region as for {@link #open}
     * @param proxy null for none
     * @throws InvalidInputException when the region is not one, is not supported, or is in another partition than a role
     */
    public static AwsAccess open(
            AwsCredentialsProvider credentials,
            RoleChain roles,
            String session,
            String region,
            Proxy proxy,
            Timeouts timeouts) {
        return open(credentials, region, proxy, timeouts).assume(roles, 0, session);
    }

    /**
     * Opens the access of roles, the first of which is assumed with an OIDC token.
     *
     * @param tokens returns a valid token each time; called when a session begins
     * @throws InvalidInputException as above, and when there is no role, or only one and an external id
     */
    public static AwsAccess open(
            Supplier<WebIdentityToken> tokens,
            RoleChain roles,
            String session,
            String region,
            Proxy proxy,
            Timeouts timeouts) {
        roles.checkForToken();
        AwsAccess access = open(AnonymousCredentialsProvider.create(), region, proxy, timeouts);
        return access.under(RoleSession.withToken(access.sts(), roles, tokens, session))
                .assume(roles, 1, session);
    }

    private AwsAccess under(AwsCredentialsProvider session) {
        return new AwsAccess(session, region, http, timeouts, this);
    }

    /** @param from the first role that is not assumed yet */
    private AwsAccess assume(RoleChain roles, int from, String name) {
        try {
            roles.checkRegion(region.id());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        AwsAccess access = this;
        for (int i = from; i < roles.arns().size(); i++) {
            access = access.under(RoleSession.of(access.sts(), roles, i, name));
        }
        return access;
    }

    /**
     * Checks the code of a region; a blank one is accepted.
     *
     * @throws InvalidInputException when it is not a region, or is in a partition that is not supported
     */
    public static void checkRegion(String given) {
        if (given == null || given.isBlank()) {
            return;
        }
        Partition.ofRegion(given.trim());
        if (!REGION.matcher(given.trim()).matches() && !Region.of(given.trim()).isGlobalRegion()) {
            throw new InvalidInputException(
                    "region",
                    "'" + Printable.text(given, 40) + "' is not a region. Enter its code, for example eu-central-1.");
        }
    }

    private static Region regionOf(String given) {
        checkRegion(given);
        if (given != null && !given.isBlank()) {
            return regional(Region.of(given.trim()));
        }
        // Not the SDK's default chain, which calls the instance metadata service: outside EC2 that is a long wait.
        AwsRegionProvider chain =
                new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
        try {
            return regional(chain.getRegion());
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }

    /** Global regions such as {@code aws-global} have no regional STS endpoint, which AssumeRoot needs. */
    private static Region regional(Region region) {
        Partition partition = Partition.ofRegion(region.id());
        return region.isGlobalRegion() ? home(partition) : region;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    Region region() {
        return region;
    }

    StsClient sts() {
        return client(StsClient.class, StsClient::builder, region);
    }

    /** IAM is one service for a partition, signed for its home region. */
    IamClient iam(Partition partition) {
        return client(IamClient.class, IamClient::builder, home(partition));
    }

    /** CloudTrail records root's console sign-ins in the partition's home region. */
    CloudTrailClient cloudTrail(Partition partition) {
        return client(CloudTrailClient.class, CloudTrailClient::builder, home(partition));
    }

    /** Organizations is one service for a partition, too. */
    OrganizationsClient organizations(Partition partition) {
        return client(OrganizationsClient.class, OrganizationsClient::builder, home(partition));
    }

    /** It follows S3's redirection to the region of a bucket. */
    S3Client s3() {
        return client(S3Client.class, () -> S3Client.builder().crossRegionAccessEnabled(true), region);
    }

    SqsClient sqs(String in) {
        return client(SqsClient.class, SqsClient::builder, Region.of(in));
    }

    /** Account Management as well. */
    AccountClient account(Partition partition) {
        return client(AccountClient.class, AccountClient::builder, home(partition));
    }

    private static Region home(Partition partition) {
        return Region.of(partition.homeRegion());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            Class<C> type, Supplier<B> builder, Region in) {
        return type.cast(clients.computeIfAbsent(
                type.getSimpleName() + " " + in,
                key -> builder.get()
                        .credentialsProvider(credentials)
                        .region(in)
                        .httpClient(http)
                        .overrideConfiguration(ClientOverrideConfiguration.builder()
                                .addExecutionInterceptor(new ResponseCheck())
                                .addExecutionInterceptor(new CallLog())
                                .retryStrategy(timeouts.retries())
                                .apiCallAttemptTimeout(timeouts.attempt())
                                .apiCallTimeout(timeouts.call())
                                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "aws-root-guard")
                                .build())
                        .build()));
    }

    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
        IoUtils.closeIfCloseable(credentials, null);
        if (under == null) {
            http.close();
        } else {
            under.close();
        }
    }
}
