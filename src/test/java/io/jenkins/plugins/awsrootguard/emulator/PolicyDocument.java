package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Evaluates an IAM policy for an action on a resource. */
final class PolicyDocument {

    enum Verdict {
        ALLOW,
        DENY,
        SILENT
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NEGATED = Set.of("ArnNotEquals", "ArnNotLike", "StringNotLike", "StringNotEquals");
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();
    private static final Map<String, Pattern> IGNORING_CASE = new ConcurrentHashMap<>();

    private final List<JsonNode> statements;

    private PolicyDocument(List<JsonNode> statements) {
        this.statements = statements;
    }

    static PolicyDocument parse(String json) {
        try {
            JsonNode statement = JSON.readTree(json).path("Statement");
            if (statement.isObject()) {
                return new PolicyDocument(List.of(statement));
            }
            List<JsonNode> statements = new ArrayList<>();
            statement.forEach(statements::add);
            if (!statements.isEmpty()) {
                return new PolicyDocument(statements);
            }
        } catch (JsonProcessingException e) {
            // Reported below with AWS's message.
        }
        throw new AwsException(400, "MalformedPolicyDocument", "Syntax errors in policy.");
    }

    /** Evaluates all policies together: Deny overrides Allow. */
    static Verdict of(List<PolicyDocument> policies, String action, String resource, Map<String, String> context) {
        Verdict verdict = Verdict.SILENT;
        for (PolicyDocument policy : policies) {
            Verdict one = policy.verdict(action, context, statement -> concerns(statement, resource));
            if (one == Verdict.DENY) {
                return one;
            }
            verdict = one == Verdict.ALLOW ? one : verdict;
        }
        return verdict;
    }

    /** Evaluates the statements that the filter selects, by their resource or principal. */
    Verdict verdict(String action, Map<String, String> context, Predicate<JsonNode> filter) {
        Verdict verdict = Verdict.SILENT;
        for (JsonNode statement : statements) {
            if (filter.test(statement)
                    && covers(statement, action)
                    && conditionsHold(statement.path("Condition"), context)) {
                if (statement.path("Effect").asText().equals("Deny")) {
                    return Verdict.DENY;
                }
                verdict = Verdict.ALLOW;
            }
        }
        return verdict;
    }

    private static boolean covers(JsonNode statement, String action) {
        return statement.has("NotAction")
                ? !anyMatches(statement.get("NotAction"), action, true)
                : anyMatches(statement.path("Action"), action, true);
    }

    private static boolean concerns(JsonNode statement, String resource) {
        return statement.has("NotResource")
                ? !anyMatches(statement.get("NotResource"), resource, false)
                : anyMatches(statement.path("Resource"), resource, false);
    }

    /** False for an unknown operator. A key that the call does not have matches negated operators only, as in AWS. */
    private static boolean conditionsHold(JsonNode condition, Map<String, String> context) {
        for (Map.Entry<String, JsonNode> operator : condition.properties()) {
            String name = operator.getKey().replaceFirst("IfExists$", "");
            boolean ifExists = !name.equals(operator.getKey());
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                String value = context.get(key.getKey().toLowerCase());
                if (name.equals("Null")) {
                    if (key.getValue().asBoolean() != (value == null)) {
                        return false;
                    }
                } else if (value == null ? !ifExists && !NEGATED.contains(name) : !holds(name, key.getValue(), value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean holds(String operator, JsonNode expected, String value) {
        return switch (operator) {
            case "StringEquals", "Bool" -> values(expected).contains(value);
            case "StringNotEquals" -> !values(expected).contains(value);
            case "ArnEquals", "ArnLike", "StringLike" -> anyMatches(expected, value, false);
            case "ArnNotEquals", "ArnNotLike", "StringNotLike" -> !anyMatches(expected, value, false);
            default -> false;
        };
    }

    private static boolean anyMatches(JsonNode patterns, String value, boolean ignoreCase) {
        return values(patterns).stream().anyMatch(pattern -> matches(pattern, value, ignoreCase));
    }

    /** The strings of an element that is one string or a list; empty if it is missing. */
    static List<String> values(JsonNode node) {
        if (node.isValueNode()) {
            return List.of(node.asText());
        }
        List<String> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asText()));
        return values;
    }

    /** Supports IAM's wildcards: * for any characters, ? for one character. */
    static boolean matches(String pattern, String value, boolean ignoreCase) {
        Pattern compiled = ignoreCase
                ? IGNORING_CASE.computeIfAbsent(pattern, p -> compile(p, Pattern.CASE_INSENSITIVE))
                : COMPILED.computeIfAbsent(pattern, p -> compile(p, 0));
        return compiled.matcher(value).matches();
    }

    private static Pattern compile(String pattern, int flags) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL | flags);
    }
}
