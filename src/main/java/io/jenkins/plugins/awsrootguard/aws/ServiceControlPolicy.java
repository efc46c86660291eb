package io.jenkins.plugins.awsrootguard.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a service control policy does to the root users of the accounts that it applies to. A statement that can't be evaluated for
 * every request of a root user is no guardrail.
 *
 * @param targets ids of the root, organizational units and accounts that it is attached to
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html">AWS: SCP
 *     syntax</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">AWS:
 *     condition operators</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS: global condition
 *     keys, {@code aws:PrincipalArn} and {@code aws:AssumedRoot}</a>
 */
record ServiceControlPolicy(String id, String name, Set<String> targets, List<JsonNode> statements) {

    /** @throws AwsAccessException when the document is no policy */
    static ServiceControlPolicy parse(String id, String name, Set<String> targets, String document) {
        List<JsonNode> statements = statements(document);
        if (statements.isEmpty()) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    "organizations:DescribePolicy", Printable.text(id, 40) + " is not a policy document"));
        }
        return new ServiceControlPolicy(id, name, targets, statements);
    }

    /** The statements of a policy of any type; none when the document is no policy. */
    static List<JsonNode> statements(String document) {
        try {
            JsonNode statement = Json.MAPPER.readTree(document).path("Statement");
            List<JsonNode> statements = statement.isObject() ? List.of(statement) : list(statement);
            return statements.stream().allMatch(JsonNode::isObject) ? statements : List.of();
        } catch (JsonProcessingException e) {
            // The exception's text repeats the document.
            return List.of();
        }
    }

    /**
     * The guardrail that it is for the root user of an account; empty when it leaves root more than single actions.
     *
     * @param rootArn for example {@code arn:aws:iam::111122223333:root}
     */
    Optional<RootGuardrail> guardrail(String rootArn) {
        return statements.stream()
                .filter(ServiceControlPolicy::deniesEverything)
                .filter(s -> new Request(rootArn, false).meets(s.path("Condition")))
                .findFirst()
                .map(s -> new RootGuardrail(
                        id,
                        name,
                        texts(s.path("NotAction")).stream().sorted().toList(),
                        new Request(rootArn, true).meets(s.path("Condition"))));
    }

    /** Whether it denies somebody everything, or all but single actions: only such a policy can be a guardrail. */
    boolean deniesEverything() {
        return statements.stream().anyMatch(ServiceControlPolicy::deniesEverything);
    }

    private static boolean deniesEverything(JsonNode statement) {
        return statement.path("Effect").asText().equals("Deny") && isAboutEverything(statement);
    }

    /** All actions, or all but single ones or those with a common prefix, on all resources. */
    private static boolean isAboutEverything(JsonNode s) {
        List<String> exempt = texts(s.path("NotAction"));
        boolean actions = s.has("NotAction")
                ? !exempt.isEmpty() && exempt.stream().allMatch(a -> a.matches("[\\w-]+:[A-Za-z]+\\*?"))
                : texts(s.path("Action")).stream().anyMatch(Set.of("*", "*:*")::contains);
        return actions && texts(s.path("Resource")).contains("*");
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** One value or an array of values; empty when one of them is neither text nor number nor boolean. */
    static List<String> texts(JsonNode value) {
        List<JsonNode> values = value.isArray() ? list(value) : List.of(value);
        return values.stream().allMatch(v -> v.isValueNode() && !v.isNull())
                ? values.stream().map(JsonNode::asText).toList()
                : List.of();
    }

    /** Any request of a root user, or of a privileged root session on it. */
    private record Request(String arn, boolean session) {

        private static final Set<String> KEYS =
                Set.of("aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:assumedroot");

        /** Whether all conditions hold; the values of one key are alternatives. */
        boolean meets(JsonNode conditions) {
            for (Map.Entry<String, JsonNode> operator : conditions.properties()) {
                for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                    if (!meets(operator.getKey(), key.getKey().toLowerCase(Locale.ROOT), texts(key.getValue()))) {
                        return false;
                    }
                }
            }
            return conditions.isMissingNode() || conditions.isObject();
        }

        private boolean meets(String name, String key, List<String> alternatives) {
            if (!KEYS.contains(key)
                    || alternatives.isEmpty()
                    || alternatives.stream().anyMatch(a -> a.contains("${"))) {
                return false;
            }
            boolean ifExists = name.endsWith("IfExists");
            String operator = ifExists ? name.substring(0, name.length() - "IfExists".length()) : name;
            String value = valueOf(key);
            if (operator.equals("Null")) {
                return alternatives.stream().anyMatch(a -> a.equalsIgnoreCase(String.valueOf(value == null)));
            }
            boolean negated = operator.contains("Not");
            String positive = operator.replace("Not", "");
            if (value == null) {
                // AWS: a negated condition holds when the request does not have the key.
                return (ifExists || negated) && OPERATORS.contains(positive);
            }
            List<Optional<Boolean>> matches =
                    alternatives.stream().map(a -> matches(positive, a, value)).toList();
            return matches.stream().allMatch(Optional::isPresent)
                    && negated != matches.stream().anyMatch(m -> m.orElse(false));
        }

        private static final Set<String> OPERATORS =
                Set.of("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike", "Bool");

        /** Empty when the operator or the pattern can't be evaluated. */
        private static Optional<Boolean> matches(String operator, String pattern, String value) {
            return switch (operator) {
                case "StringEquals" -> Optional.of(pattern.equals(value));
                case "StringEqualsIgnoreCase", "Bool" -> Optional.of(pattern.equalsIgnoreCase(value));
                case "StringLike" -> Optional.of(isLike(pattern, value));
                case "ArnEquals", "ArnLike" -> isLikeArn(pattern.split(":", 6), value.split(":", 6));
                default -> Optional.empty();
            };
        }

        /** Each of the six parts of an ARN is compared alone. */
        private static Optional<Boolean> isLikeArn(String[] pattern, String[] arn) {
            return pattern.length == 6 && arn.length == 6
                    ? Optional.of(IntStream.range(0, 6).allMatch(i -> isLike(pattern[i], arn[i])))
                    : Optional.empty();
        }

        private static boolean isLike(String pattern, String value) {
            String regex = Pattern.compile("[*?]|[^*?]+").matcher(pattern).replaceAll(m -> switch (m.group()) {
                case "*" -> ".*";
                case "?" -> ".";
                default -> java.util.regex.Matcher.quoteReplacement(Pattern.quote(m.group()));
            });
            return value.matches(regex);
        }

        /** Null when the request does not have the key. */
        private String valueOf(String key) {
            return switch (key) {
                case "aws:principalarn" -> arn;
                case "aws:principalaccount" -> arn.split(":", 6)[4];
                case "aws:principaltype" -> "Account";
                default -> session ? "true" : null;
            };
        }
    }
}
