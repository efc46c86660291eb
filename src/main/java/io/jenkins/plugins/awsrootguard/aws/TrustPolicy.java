package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Reason;
import io.jenkins.plugins.awsrootguard.facts.Administrator.Restriction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whom a role's trust policy lets assume the role.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">AWS: Principal; a
 *     deleted user or role is left in the policy as its unique id</a>
 */
record TrustPolicy(List<JsonNode> statements) {

    private static final Set<String> ELEMENTS = Set.of("Sid", "Effect", "Principal", "Action", "Condition");

    private static final Pattern ACCOUNT =
            Pattern.compile("([0-9]{12})|arn:[^:]+:iam::([0-9]{12}):(root|(user|role)/.+)");

    /**
     * Limits the application of an identity provider and who signs in, but not the time or the place.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html">AWS: keys for
     *     OIDC federation, which begin with the name of the provider, and for SAML federation</a>
     */
    private static final Pattern FEDERATION_KEY = Pattern.compile("(?i)saml:aud|[^:]+\\.[^:]+:(aud|sub)");

    /** Whoever may assume the role can meet these: with MFA, and with the external id that the role was given. */
    private static final Set<String> CAN_BE_MET =
            Set.of("aws:multifactorauthpresent", "aws:multifactorauthage", "sts:externalid");

    /** @param document percent-encoded JSON, as IAM sends it; null is an empty policy */
    static TrustPolicy parse(String document) {
        return new TrustPolicy(
                document == null
                        ? List.of()
                        : ServiceControlPolicy.statements(URLDecoder.decode(document, StandardCharsets.UTF_8)));
    }

    /** Why it lets no user, role, account or identity provider assume the role, or may not; null where it does. */
    Reason restriction() {
        List<JsonNode> people = statements.stream()
                .filter(TrustPolicy::isAllow)
                .filter(s -> ServiceControlPolicy.texts(s.path("Action")).stream()
                        .anyMatch(a -> a.equals("*") || a.matches("(?i)sts:(\\*|AssumeRole.*)")))
                .filter(s -> hasPeople(s.path("Principal")))
                .toList();
        if (people.isEmpty()) {
            return new Reason(Restriction.TRUST, null);
        }
        if (!statements.stream().allMatch(TrustPolicy::isAllow)) {
            return new Reason(Restriction.TRUST_DENIES, null);
        }
        return people.stream().allMatch(s -> openConditions(s).findAny().isPresent())
                ? new Reason(
                        Restriction.TRUST_CONDITION,
                        String.join(
                                ", ",
                                people.stream()
                                        .flatMap(TrustPolicy::openConditions)
                                        .distinct()
                                        .toList()))
                : null;
    }

    /**
     * Whether each statement lets other accounts or Identity Center assume the role, without a condition that may not hold. Users
     * and roles of the account itself may be deleted or have no credentials, and root can't assume a role.
     *
     * @param accountId of the role
     * @param identityCenter whether the role is one of Identity Center, whose trust policy can't be edited
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS: AssumeRole is refused to
     *     root</a>
     */
    boolean isCertain(String accountId, boolean identityCenter) {
        return restriction() == null
                && statements.stream()
                        .allMatch(s -> s.properties().stream().allMatch(e -> ELEMENTS.contains(e.getKey()))
                                && conditions(s).findAny().isEmpty()
                                && s.path("Principal").isObject()
                                && s.path("Principal").properties().stream().allMatch(p -> switch (p.getKey()) {
                                    case "AWS" -> areOtherAccounts(p.getValue(), accountId);
                                    case "Federated" -> identityCenter;
                                    default -> false;
                                }));
    }

    private static boolean areOtherAccounts(JsonNode principals, String accountId) {
        List<String> texts = ServiceControlPolicy.texts(principals);
        return !texts.isEmpty()
                && texts.stream().allMatch(p -> {
                    Matcher m = ACCOUNT.matcher(p);
                    return m.matches() && !accountId.equals(m.group(1)) && !accountId.equals(m.group(2));
                });
    }

    private static boolean isAllow(JsonNode statement) {
        return statement.path("Effect").asText().equals("Allow");
    }

    /** The keys of the conditions that are not known to hold for the people of an identity provider. */
    private static Stream<String> conditions(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        boolean federated = principal.has("Federated") && principal.size() == 1;
        return statement.path("Condition").properties().stream()
                .flatMap(operator -> operator.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(key -> !federated
                                || !operator.getKey().matches("(ForAnyValue:)?String(Equals|Like)")
                                || !FEDERATION_KEY.matcher(key).matches()));
    }

    private static Stream<String> openConditions(JsonNode statement) {
        return conditions(statement).filter(key -> !CAN_BE_MET.contains(key.toLowerCase(Locale.ROOT)));
    }

    private static boolean hasPeople(JsonNode principal) {
        return principal.asText().equals("*")
                || !ServiceControlPolicy.texts(principal.path("Federated")).isEmpty()
                || ServiceControlPolicy.texts(principal.path("AWS")).stream()
                        .anyMatch(p -> p.matches("\\*|[0-9]{12}|arn:.+"));
    }
}
