package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.IoUtils;

/**
 * Credentials, a region, one HTTP connection pool, and one client for each service and partition, created when it is first
 * used. All accounts of a run share them. Thread-safe. The SDK uses another endpoint where its own setting
 * {@code AWS_ENDPOINT_URL} or {@code aws.endpointUrl} of this process names one.
 */
public final class AwsAccess implements AutoCloseable {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    /** No more calls than this are under way at once; more threads than this would only wait for each other. */
    public static final int MOST_CONNECTIONS = 200;

    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final SdkHttpClient http;
    private final Timeouts timeouts;
    private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

    private AwsAccess(AwsCredentialsProvider credentials, Region region, SdkHttpClient http, Timeouts timeouts) {
        this.credentials = credentials;
        this.region = region;
        this.http = http;
        this.timeouts = timeouts;
    }

    /**
     * @param region null for the region of the environment or the AWS profile of this process, else {@code us-east-1}
     * @param proxy null for none
     * @throws InvalidInputException when the region can't be one
     */
    public static AwsAccess open(AwsCredentialsProvider credentials, String region, ProxySettings proxy) {
        return open(credentials, region, proxy, Timeouts.DEFAULT);
    }

    public static AwsAccess open(
            AwsCredentialsProvider credentials, String region, ProxySettings proxy, Timeouts timeouts) {
        Region chosen = regionOf(region);
        ApacheHttpClient.Builder http = ApacheHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(10))
                .maxConnections(MOST_CONNECTIONS)
                .socketTimeout(timeouts.attempt());
        if (proxy != null) {
            http.proxyConfiguration(proxy.toSdk());
        }
        return new AwsAccess(credentials, chosen, http.build(), timeouts);
    }

    /**
     * Checks the code of a region; blank is none.
     *
     * @throws InvalidInputException when it cannot be one
     */
    public static void checkRegion(String given) {
        if (given != null
                && !given.isBlank()
                && !REGION.matcher(given.trim()).matches()
                && !Region.of(given.trim()).isGlobalRegion()) {
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
        // Not the SDK's default chain: its last link asks the instance metadata service, which off EC2 is a long wait.
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
        return region.isGlobalRegion() ? home(Partition.ofRegion(region.id())) : region;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    Region region() {
        return region;
    }

    StsClient sts() {
        return (StsClient) clients.computeIfAbsent(
                "sts", k -> configure(StsClient.builder(), region).build());
    }

    /** IAM is one service for a whole partition: it is signed for the partition's home region. */
    IamClient iam(Partition partition) {
        return (IamClient) clients.computeIfAbsent(
                "iam " + partition,
                k -> configure(IamClient.builder(), home(partition)).build());
    }

    /** CloudTrail in the partition's home region, where the console sign-ins of root are recorded. */
    CloudTrailClient cloudTrail(Partition partition) {
        return (CloudTrailClient) clients.computeIfAbsent(
                "cloudtrail " + partition,
                k -> configure(CloudTrailClient.builder(), home(partition)).build());
    }

    /** Organizations is one service for a whole partition, too. */
    OrganizationsClient organizations(Partition partition) {
        return (OrganizationsClient) clients.computeIfAbsent(
                "organizations " + partition,
                k -> configure(OrganizationsClient.builder(), home(partition)).build());
    }

    private static Region home(Partition partition) {
        return Region.of(partition.homeRegion());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(B builder, Region in) {
        return builder.credentialsProvider(credentials)
                .region(in)
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .addExecutionInterceptor(new AnsweredByAws())
                        .addExecutionInterceptor(new CallCount())
                        .addExecutionInterceptor(new CallLog())
                        .retryStrategy(timeouts.retries())
                        .apiCallAttemptTimeout(timeouts.attempt())
                        .apiCallTimeout(timeouts.call())
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "aws-root-guard")
                        .build());
    }

    @Override
    public void close() {
        clients.values().forEach(SdkClient::close);
        http.close();
        IoUtils.closeIfCloseable(credentials, null);
    }
}
