package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountFacts.RootGuardrail;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Policy;
import software.amazon.awssdk.services.organizations.model.PolicySummary;
import software.amazon.awssdk.services.organizations.model.PolicyTargetSummary;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.PolicyTypeStatus;

/**
 * Reads which service control policies deny the root users of an organization's accounts: two calls a policy, and the accounts
 * of each organizational unit that one of them is attached to. Only the management account or a delegated administrator may.
 */
public record RootGuardrailReader(AccountConnection connection) {

    public static final String ACTION = "organizations:ListPolicies";

    /**
     * Returns what finds the guardrails of an account, without calling AWS; empty where none is in force. The fact is unread when one of
     * the calls fails.
     */
    public Fact<Function<String, List<RootGuardrail>>> read() {
        return connection.read(ACTION, () -> {
            Map<String, Set<String>> members = new HashMap<>();
            List<ServiceControlPolicy> policies = isEnabled() ? policies() : List.of();
            policies.stream()
                    .filter(ServiceControlPolicy::deniesEverything)
                    .flatMap(p -> p.targets().stream())
                    .filter(target -> target.startsWith("ou-"))
                    .forEach(unit -> members.computeIfAbsent(unit, this::accountsOf));
            String partition = connection.partition().id();
            return account -> policies.stream()
                    .filter(p -> p.targets().stream()
                            .anyMatch(t -> t.startsWith("r-")
                                    || t.equals(account)
                                    || members.getOrDefault(t, Set.of()).contains(account)))
                    .flatMap(p -> p.guardrail("arn:" + partition + ":iam::" + account + ":root").stream())
                    .toList();
        });
    }

    private boolean isEnabled() {
        return connection.organizations().listRoots(r -> {}).roots().stream()
                .flatMap(root -> root.policyTypes().stream())
                .anyMatch(t -> t.type() == PolicyType.SERVICE_CONTROL_POLICY && t.status() == PolicyTypeStatus.ENABLED);
    }

    /** The organization's own policies, without AWS's. */
    private List<ServiceControlPolicy> policies() {
        OrganizationsClient organizations = connection.organizations();
        List<PolicySummary> all = Answers.items(
                organizations.listPoliciesPaginator(r -> r.filter(PolicyType.SERVICE_CONTROL_POLICY)),
                p -> p.policies());
        return all.stream()
                .filter(p -> !p.awsManaged())
                .map(policy -> {
                    String id = policy.id();
                    Policy described = Answers.required(
                            "Policy",
                            organizations.describePolicy(r -> r.policyId(id)).policy());
                    String document = Answers.required("Content", described.content());
                    List<PolicyTargetSummary> targets = Answers.items(
                            organizations.listTargetsForPolicyPaginator(r -> r.policyId(id)), p -> p.targets());
                    Set<String> ids = targets.stream().map(t -> t.targetId()).collect(Collectors.toSet());
                    return ServiceControlPolicy.parse(id, policy.name(), ids, document);
                })
                .toList();
    }

    private Set<String> accountsOf(String unit) {
        Set<String> ids = new HashSet<>();
        AccountFilter filter = AccountFilter.parse(List.of(), List.of(unit), List.of());
        new OrganizationReader(connection).accounts(filter, a -> ids.add(a.id()));
        return ids;
    }
}
