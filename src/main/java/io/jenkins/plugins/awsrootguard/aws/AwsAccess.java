package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
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

    /** How many calls are made at the same time at most. */
    public static final int MOST_CONNECTIONS = 200;

    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final SdkHttpClient http;
    private final Timeouts timeouts;
    /** Whose credentials assumed the role of this one; null without a role. */
    private final AwsAccess under;

    private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

    private AwsAccess(
            AwsCredentialsProvider credentials, Region region, SdkHttpClient http, Timeouts timeouts, AwsAccess under) {
        this.credentials = credentials;
        this.region = region;
        this.http = http;
        this.timeouts = timeouts;
        this.under = under;
    }

    /**
     * How an access is opened.
     *
     * @param roles assumed one after another, each when it is first needed and again before its session ends; {@link
     *     RoleChain#NONE} for the credentials themselves
     * @param session names the run in CloudTrail; not used without roles
     * @param region null for the region of the environment or the AWS profile of this process, else {@code us-east-1}
     * @param proxy null for none
     */
    public record Settings(
            RoleChain roles, String session, String region, ProxyConfiguration proxy, Timeouts timeouts) {

        /** Without roles and proxy. */
        public Settings(String region, Timeouts timeouts) {
            this(RoleChain.NONE, null, region, null, timeouts);
        }

        /** Without the user of the proxy and the external id. */
        @Override
        public String toString() {
            return "region " + region + ", roles " + roles.arns();
        }
    }

    /**
     * Opens the access, without a call. It owns the credentials from then on: they are closed with it, and when it cannot be
     * opened.
     *
     * @throws InvalidInputException when the region is not one, is not supported, or is in another partition than a role
     */
    public static AwsAccess open(AwsCredentialsProvider credentials, Settings settings) {
        return connected(credentials, settings).assume(settings.roles, 0, settings.session);
    }

    /**
     * Opens the access of roles, the first of which is assumed with an OIDC token.
     *
     * @param tokens returns a valid token each time; called when a session begins
     * @throws InvalidInputException as above, and when there is no role, or only one and an external id
     */
    public static AwsAccess open(Supplier<WebIdentityToken> tokens, Settings settings) {
        settings.roles.checkForToken();
        AwsAccess access = connected(AnonymousCredentialsProvider.create(), settings);
        return access.under(RoleSession.withToken(access.sts(), settings.roles, tokens, settings.session))
                .assume(settings.roles, 1, settings.session);
    }

    /**
     * Opens the access of roles that are assumed with a supplied session, or of this session itself.
     *
     * @throws InvalidInputException as above
     */
    public static AwsAccess open(SessionSource source, Settings settings) {
        AwsAccess access = connected(AnonymousCredentialsProvider.create(), settings);
        return access.under(new SuppliedSession(source, access.sts())).assume(settings.roles, 0, settings.session);
    }

    private static AwsAccess connected(AwsCredentialsProvider credentials, Settings settings) {
        try {
            Region region = AwsRegions.of(settings.region);
            ApacheHttpClient.Builder http = ApacheHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(10))
                    .maxConnections(MOST_CONNECTIONS)
                    .socketTimeout(settings.timeouts.attempt());
            if (settings.proxy != null) {
                http.proxyConfiguration(settings.proxy);
            }
            return new AwsAccess(credentials, region, http.build(), settings.timeouts, null);
        } catch (RuntimeException e) {
            IoUtils.closeIfCloseable(credentials, null);
            throw e;
        }
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

    void checkPrincipal() {
        if (credentials instanceof SuppliedSession supplied) {
            supplied.check();
        }
        if (under != null) {
            under.checkPrincipal();
        }
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
        return client(IamClient.class, IamClient::builder, AwsRegions.home(partition));
    }

    /** CloudTrail records root's console sign-ins in the partition's home region. */
    CloudTrailClient cloudTrail(Partition partition) {
        return client(CloudTrailClient.class, CloudTrailClient::builder, AwsRegions.home(partition));
    }

    /** Organizations is one service for a partition, too. */
    OrganizationsClient organizations(Partition partition) {
        return client(OrganizationsClient.class, OrganizationsClient::builder, AwsRegions.home(partition));
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
        return client(AccountClient.class, AccountClient::builder, AwsRegions.home(partition));
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
