package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.policy.AcceptedRisk;
import io.jenkins.plugins.awsrootguard.policy.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The policy of a run, stored with the run.
 *
 * @param units the accounts below each organizational unit that an exception names, at any depth, by the unit's id
 */
public record RunPolicy(Policy.Source source, List<AcceptedRisk> exceptions, Map<String, Set<String>> units) {

    public static final RunPolicy DEFAULT = of(Policy.DEFAULT, Map.of());

    public static RunPolicy of(Policy policy, Map<String, Set<String>> units) {
        return new RunPolicy(policy.source(), policy.exceptions(), units);
    }

    public RunPolicy {
        exceptions = List.copyOf(exceptions);
        units = units == null ? Map.of() : Map.copyOf(units);
    }

    /** The named organizational units above an account. */
    Set<String> parents(String accountId) {
        return units.entrySet().stream()
                .filter(u -> u.getValue().contains(accountId))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The organizational units of exceptions whose accounts were not read. */
    public Set<String> unreadUnits() {
        return exceptions.stream()
                .flatMap(e -> e.organizationalUnits().stream())
                .filter(unit -> !units.containsKey(unit))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The exceptions for which no account has a finding. */
    public List<AcceptedRisk> unmatched(Collection<AccountEntry> accounts) {
        return exceptions.stream()
                .filter(e -> accounts.stream()
                        .noneMatch(a ->
                                a.controls().stream().anyMatch(c -> e.isAbout(c.control(), a.id(), parents(a.id())))))
                .toList();
    }
}
