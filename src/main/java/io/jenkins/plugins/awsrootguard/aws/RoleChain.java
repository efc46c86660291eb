package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Roles that are assumed one after another, the first with the credentials found. Immutable; saved as JSON.
 *
 * @param arns empty for no role
 * @param externalId for the last role; null for none
 * @param seconds how long a session of the last role lasts; 0 for AWS's default, one hour
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS: AssumeRole, with the limits</a>
 */
public record RoleChain(List<String> arns, String externalId, int seconds) {

    public static final RoleChain NONE = new RoleChain(List.of(), null, 0);

    /** The least {@link #seconds}. */
    public static final int SHORTEST = 900;
    /** The most {@link #seconds}, for a role that allows them. */
    public static final int LONGEST = 43_200;

    private static final int MOST_ROLES = 5;
    /** AWS's maximum for a role that is assumed with the session of another one. */
    private static final int LONGEST_OF_CHAIN = 3_600;

    private static final Pattern ARN = Pattern.compile("arn:("
            + Stream.of(Partition.values()).map(Partition::id).collect(Collectors.joining("|"))
            + "):iam::[0-9]{12}:role/([!-~]{1,511}/)?[\\w+=,.@-]{1,64}");

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    public RoleChain {
        arns = arns.stream().map(String::trim).filter(a -> !a.isEmpty()).toList();
        externalId = externalId == null || externalId.isBlank() ? null : externalId.trim();
        arns.forEach(RoleChain::checkArn);
        check(arns.size() <= MOST_ROLES, "roleArn", "has " + arns.size() + " roles. Enter at most " + MOST_ROLES + ".");
        check(
                externalId == null || !arns.isEmpty(),
                "externalId",
                "has no effect without a role. Enter the role to assume.");
        checkExternalId(externalId);
        check(
                seconds == 0 || !arns.isEmpty(),
                "sessionDuration",
                "has no effect without a role. Enter the role to assume.");
        int longest = arns.size() > 1 ? LONGEST_OF_CHAIN : LONGEST;
        check(
                seconds == 0 || seconds >= SHORTEST && seconds <= longest,
                "sessionDuration",
                seconds + " is not valid. Enter " + SHORTEST + " to " + longest + " seconds"
                        + (arns.size() > 1 ? ", AWS's maximum for a chain of roles." : "."));
    }

    /** @throws InvalidInputException when it is not the ARN of a role in a partition that is supported */
    public static void checkArn(String arn) {
        check(
                ARN.matcher(arn).matches(),
                "roleArn",
                "'" + Printable.text(arn, 120)
                        + "' is not the ARN of a role. Enter for example arn:aws:iam::111122223333:role/RootGuardAudit.");
    }

    /** @throws InvalidInputException when AWS does not allow it; null is accepted */
    public static void checkExternalId(String id) {
        check(
                id == null || EXTERNAL_ID.matcher(id).matches(),
                "externalId",
                "is not valid. Enter 2 to 1224 letters, digits, or _+=,.@:/-");
    }

    /**
     * The roles of a text with commas, spaces or line ends between them; blank for none.
     *
     * @throws InvalidInputException when they cannot be assumed like this
     */
    public static RoleChain parse(String arns, String externalId, int seconds) {
        String text = arns == null ? "" : arns;
        return new RoleChain(List.of(text.split("[,\\s]+(?=arn:)|[\\r\\n]+")), externalId, seconds);
    }

    public boolean isEmpty() {
        return arns.isEmpty();
    }

    /** @throws InvalidInputException when the roles cannot be assumed with an OIDC token */
    void checkForToken() {
        check(
                !isEmpty(),
                "roleArn",
                "is missing. A secret text or file holds an OIDC token: set the role to assume with it.");
        check(
                externalId == null || arns.size() > 1,
                "externalId",
                "cannot be used with an OIDC token. The role's trust policy checks the token's subject instead.");
    }

    /** @throws InvalidInputException when a role is in another partition than the region that the calls are sent to */
    void checkRegion(String region) {
        for (String arn : arns) {
            check(
                    Partition.ofArn(arn) == Partition.ofRegion(region),
                    "roleArn",
                    arn + " is in another partition than the region " + region + ". Set region to one of "
                            + Partition.ofArn(arn).id() + ", for example "
                            + Partition.ofArn(arn).homeRegion() + ".");
        }
    }

    private static void check(boolean valid, String field, String problem) {
        if (!valid) {
            throw new InvalidInputException(field, problem);
        }
    }

    /** How long a session of a role lasts; null for AWS's default. */
    Integer seconds(int index) {
        return seconds == 0 || index < arns.size() - 1 ? null : seconds;
    }

    /** The external id of a role; null for none. */
    String externalId(int index) {
        return index < arns.size() - 1 ? null : externalId;
    }
}
