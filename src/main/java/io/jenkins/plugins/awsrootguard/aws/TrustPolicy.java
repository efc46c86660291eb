package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whom a role's trust policy lets assume the role. Conditions are not evaluated.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">AWS: Principal; a
 *     deleted user or role is left in the policy as its unique id</a>
 */
enum TrustPolicy {
    /** Users, roles, accounts or identity providers. */
    PEOPLE,
    /** These, and AWS services. */
    PEOPLE_AND_SERVICES,
    /** Services, deleted principals, or nobody. */
    NOBODY,
    /** Somebody, and a deny statement may take that back. */
    DENIES;

    /** @param document percent-encoded JSON, as IAM sends it; null is a policy that allows nobody */
    static TrustPolicy parse(String document) {
        List<JsonNode> statements = document == null
                ? List.of()
                : ServiceControlPolicy.statements(URLDecoder.decode(document, StandardCharsets.UTF_8));
        List<JsonNode> principals = statements.stream()
                .filter(s -> s.path("Effect").asText().equals("Allow"))
                .filter(s -> ServiceControlPolicy.texts(s.path("Action")).stream()
                        .anyMatch(a -> a.equals("*") || a.matches("(?i)sts:(\\*|AssumeRole.*)")))
                .map(s -> s.path("Principal"))
                .toList();
        if (principals.stream().noneMatch(TrustPolicy::hasPeople)) {
            return NOBODY;
        }
        if (statements.stream().anyMatch(s -> !s.path("Effect").asText().equals("Allow"))) {
            return DENIES;
        }
        return principals.stream().anyMatch(p -> p.has("Service")) ? PEOPLE_AND_SERVICES : PEOPLE;
    }

    private static boolean hasPeople(JsonNode principal) {
        return principal.asText().equals("*")
                || !ServiceControlPolicy.texts(principal.path("Federated")).isEmpty()
                || ServiceControlPolicy.texts(principal.path("AWS")).stream()
                        .anyMatch(p -> p.matches("\\*|[0-9]{12}|arn:.+"));
    }
}
