package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * What a service control policy does to the root users of the accounts that it applies to.
 *
 * @param targets ids of the root, organizational units and accounts that it is attached to
 * @see <a href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html">AWS: SCP
 *     syntax</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS: global condition
 *     keys, {@code aws:PrincipalArn} and {@code aws:AssumedRoot}</a>
 */
record ServiceControlPolicy(String id, String name, Set<String> targets, List<IamStatement> statements) {

    /** @throws IllegalArgumentException when the document is no policy */
    static ServiceControlPolicy parse(String id, String name, Set<String> targets, String document) {
        try {
            return new ServiceControlPolicy(
                    id, name, targets, IamPolicy.fromJson(document).statements());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the policy " + id + " is not a policy document", e);
        }
    }

    /**
     * The guardrail that it is for the root user of an account; empty when it leaves root something besides single actions.
     *
     * @param rootArn for example {@code arn:aws:iam::111122223333:root}
     */
    Optional<RootGuardrail> guardrail(String rootArn) {
        return statements.stream()
                .filter(s -> s.effect().equals(IamEffect.DENY))
                .filter(ServiceControlPolicy::isAboutEverything)
                .filter(s -> appliesTo(s, new Root(rootArn, false)))
                .findFirst()
                .map(s -> new RootGuardrail(
                        id,
                        name,
                        s.notActions().stream().map(a -> a.value()).sorted().toList(),
                        appliesTo(s, new Root(rootArn, true))));
    }

    /** All actions, or all but some, on all resources. */
    private static boolean isAboutEverything(IamStatement s) {
        boolean actions = !s.notActions().isEmpty()
                || s.actions().stream()
                        .anyMatch(a -> a.value().equals("*") || a.value().equals("*:*"));
        return actions && s.resources().stream().anyMatch(r -> r.value().equals("*"));
    }

    /** All conditions hold; the values of one key are alternatives. */
    private static boolean appliesTo(IamStatement statement, Root root) {
        Map<String, List<IamCondition>> byKey = statement.conditions().stream()
                .collect(Collectors.groupingBy(
                        c -> c.operator().value() + " " + c.key().value()));
        return byKey.values().stream().allMatch(root::meets);
    }

    /** A request of a root user, or of a privileged root session on it. */
    private record Root(String arn, boolean session) {

        boolean meets(List<IamCondition> alternatives) {
            IamCondition first = alternatives.get(0);
            String operator = first.operator().value().replaceFirst("(?i)^For(Any|All)Values?:", "");
            boolean ifExists = operator.toLowerCase(Locale.ROOT).endsWith("ifexists");
            operator = (ifExists ? operator.substring(0, operator.length() - "IfExists".length()) : operator)
                    .toLowerCase(Locale.ROOT);
            String value = valueOf(first.key().value());
            if (operator.equals("null")) {
                return isKnown(first.key().value())
                        && alternatives.stream().anyMatch(c -> Boolean.parseBoolean(c.value()) == (value == null));
            }
            if (value == null) {
                return isKnown(first.key().value()) && ifExists;
            }
            boolean matches = alternatives.stream().anyMatch(c -> matches(c.value(), value));
            return switch (operator) {
                case "stringlike", "arnlike", "stringequals", "arnequals", "stringequalsignorecase", "bool" -> matches;
                case "stringnotlike", "arnnotlike", "stringnotequals", "arnnotequals", "stringnotequalsignorecase" ->
                    !matches;
                default -> false;
            };
        }

        /** Null when the request does not have the key. */
        private String valueOf(String key) {
            return switch (key.toLowerCase(Locale.ROOT)) {
                case "aws:principalarn" -> arn;
                case "aws:principalaccount" -> arn.split(":", 6)[4];
                case "aws:principaltype" -> "Account";
                case "aws:assumedroot" -> session ? "true" : null;
                default -> null;
            };
        }

        /** A condition on another key depends on the request: it is no guardrail for every request. */
        private static boolean isKnown(String key) {
            return Set.of("aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:assumedroot")
                    .contains(key.toLowerCase(Locale.ROOT));
        }

        private static boolean matches(String pattern, String value) {
            String regex = Pattern.compile("[*?]|[^*?]+").matcher(pattern).replaceAll(m -> switch (m.group()) {
                case "*" -> ".*";
                case "?" -> ".";
                default -> java.util.regex.Matcher.quoteReplacement(Pattern.quote(m.group()));
            });
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                    .matcher(value)
                    .matches();
        }
    }
}
