package io.jenkins.plugins.awsrootguard.facts;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An AWS partition: a group of regions with its own accounts, ARNs and endpoints.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">AWS: ARN format, partitions</a>
 */
public enum Partition {
    AWS("aws", "us-east-1", "console.aws.amazon.com", true),
    AWS_CN("aws-cn", "cn-north-1", "console.amazonaws.cn", true),
    /** In AWS GovCloud (US) the root user cannot sign in to the console at all: it only ever has access keys. */
    AWS_US_GOV("aws-us-gov", "us-gov-west-1", "console.amazonaws-us-gov.com", false),
    AWS_EUSC("aws-eusc", "eusc-de-east-1", "console.amazonaws-eusc.eu", true);

    private final String id;
    private final String homeRegion;
    private final String consoleHost;
    private final boolean rootConsole;

    Partition(String id, String homeRegion, String consoleHost, boolean rootConsole) {
        this.id = id;
        this.homeRegion = homeRegion;
        this.consoleHost = consoleHost;
        this.rootConsole = rootConsole;
    }

    /** The name that stands in ARNs, for example {@code aws-us-gov}. */
    public String id() {
        return id;
    }

    /** The region that IAM calls are signed for, and in which CloudTrail records the console sign-ins of root. */
    public String homeRegion() {
        return homeRegion;
    }

    /** The host of the management console, without a scheme. */
    public String consoleHost() {
        return consoleHost;
    }

    /** Whether the root user can sign in to a console, and so can have a password and MFA. */
    public boolean rootHasConsole() {
        return rootConsole;
    }

    /** The ARN of a policy that AWS manages, for example {@code AdministratorAccess} or {@code root-task/...}. */
    public String managedPolicyArn(String name) {
        return "arn:" + id + ":iam::aws:policy/" + name;
    }

    /**
     * The partition of an ARN.
     *
     * @throws IllegalArgumentException when the text is no ARN or names a partition that this version does not know
     */
    public static Partition ofArn(String arn) {
        String[] parts = arn.split(":", 3);
        if (parts.length < 3 || !parts[0].equals("arn")) {
            throw new IllegalArgumentException("not an ARN: " + arn);
        }
        return Arrays.stream(values())
                .filter(p -> p.id.equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the partition '" + parts[1] + "' is not one of "
                        + Arrays.stream(values()).map(Partition::id).collect(Collectors.joining(", "))));
    }

    /** The partition that a region belongs to, by the region's prefix; {@link #AWS} for any that is not special. */
    public static Partition ofRegion(String region) {
        String r = region.toLowerCase(Locale.ROOT);
        if (r.startsWith("us-gov-") || r.equals("aws-us-gov-global")) {
            return AWS_US_GOV;
        }
        if (r.startsWith("cn-") || r.equals("aws-cn-global")) {
            return AWS_CN;
        }
        return r.startsWith("eusc-") ? AWS_EUSC : AWS;
    }
}
