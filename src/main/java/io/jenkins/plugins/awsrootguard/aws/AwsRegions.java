package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** The region that calls are sent to. */
public final class AwsRegions {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    private AwsRegions() {}

    /**
     * Checks the code of a region; a blank one is accepted.
     *
     * @throws InvalidInputException when it is not a region, or is in a partition that is not supported
     */
    public static void check(String given) {
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

    static Region of(String given) {
        check(given);
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

    static Region home(Partition partition) {
        return Region.of(partition.homeRegion());
    }
}
