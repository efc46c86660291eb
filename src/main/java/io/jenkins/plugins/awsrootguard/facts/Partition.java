package io.jenkins.plugins.awsrootguard.facts;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An AWS partition: a group of regions with its own accounts, ARNs and endpoints.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">AWS: ARN format, partitions</a>
 */
public enum Partition {
    AWS("aws", "us-east-1", "console.aws.amazon.com", true),
    /** Accounts in China have no root user. */
    AWS_CN("aws-cn", "cn-north-1", "console.amazonaws.cn", false),
    /** In AWS GovCloud (US) the root user can't sign in to the console; it can have access keys. */
    AWS_US_GOV("aws-us-gov", "us-gov-west-1", "console.amazonaws-us-gov.com", false),
    AWS_EUSC("aws-eusc", "eusc-de-east-1", "console.amazonaws-eusc.eu", true);

    /** The regions of aws-iso, aws-iso-b, aws-iso-e and aws-iso-f, for example us-iso-east-1 and us-isob-east-1. */
    private static final Pattern ISOLATED = Pattern.compile("(?:aws|[a-z]{2})-iso[a-z]?-.+");

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

    /** The partition's name in ARNs, for example {@code aws-us-gov}. */
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

    /** Whether accounts have a root user. */
    public boolean hasRootUser() {
        return this != AWS_CN;
    }

    /** Whether the root user can sign in to a console, and so can have a password and MFA. */
    public boolean rootHasConsole() {
        return rootConsole;
    }

    /** Whether AWS documents Account Management, which has the alternate contacts. */
    public boolean hasAccountManagement() {
        return this == AWS || this == AWS_CN;
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
                .orElseThrow(() ->
                        new IllegalArgumentException("the partition '" + parts[1] + "' is not one of " + supported()));
    }

    /**
     * The partition of a region, by its prefix; {@link #AWS} for all others.
     *
     * @throws InvalidInputException when the region is in an isolated partition, which this version does not support
     */
    public static Partition ofRegion(String region) {
        String r = region.toLowerCase(Locale.ROOT);
        if (ISOLATED.matcher(r).matches()) {
            throw new InvalidInputException(
                    "region",
                    "'" + Printable.text(region, 40)
                            + "' is in an isolated partition (aws-iso), which is not supported. Supported: "
                            + supported()
                            + ".");
        }
        if (r.startsWith("us-gov-") || r.equals("aws-us-gov-global")) {
            return AWS_US_GOV;
        }
        if (r.startsWith("cn-") || r.equals("aws-cn-global")) {
            return AWS_CN;
        }
        return r.startsWith("eusc-") ? AWS_EUSC : AWS;
    }

    private static String supported() {
        return Arrays.stream(values()).map(Partition::id).collect(Collectors.joining(", "));
    }
}
