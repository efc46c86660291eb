package io.jenkins.plugins.awsrootguard.store;

import io.jenkins.plugins.awsrootguard.facts.Sha256;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is planned for the accounts of an organization and not made yet, account by account. Immutable. */
public final class OrganizationPlan {

    /** The planned changes of one account; never empty. */
    public record AccountPlan(IndexedAccount account, List<PlannedChange> changes) {

        /** Names a change of the account in a form. */
        public String tick(int index) {
            return account.id() + "/" + index;
        }
    }

    private final List<AccountPlan> accounts;

    private OrganizationPlan(List<AccountPlan> accounts) {
        this.accounts = accounts;
    }

    /** Reads the states of those accounts that have something planned. */
    public static OrganizationPlan of(OrganizationStore store) {
        List<AccountPlan> plans = new ArrayList<>();
        for (IndexedAccount account : store.accounts()) {
            if (account.planned() > 0) {
                plans.add(new AccountPlan(account, store.state(account).unmade()));
            }
        }
        plans.sort((a, b) -> a.account().id().compareTo(b.account().id()));
        return new OrganizationPlan(List.copyOf(plans));
    }

    /** By account id. */
    public List<AccountPlan> accounts() {
        return accounts;
    }

    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    public int changes() {
        return count(c -> true);
    }

    /** How many can't be undone. */
    public int destructive() {
        return count(c -> c.kind().isDestructive());
    }

    /** How many are held back as things stand. */
    public int blocked() {
        return count(PlannedChange::isBlocked);
    }

    private int count(Predicate<PlannedChange> which) {
        return accounts.stream()
                .mapToInt(a -> (int) a.changes().stream().filter(which).count())
                .sum();
    }

    /** Stands for the plan as it is shown, with the account of each change: an answer to another one is noticed by it. */
    public String tag() {
        StringBuilder all = new StringBuilder();
        for (AccountPlan plan : accounts) {
            for (PlannedChange change : plan.changes()) {
                all.append(plan.account().id())
                        .append(' ')
                        .append(shown(change))
                        .append('\n');
            }
        }
        return Sha256.of(all.toString());
    }

    /** All that a person reads of a change: one that reads otherwise was not read. */
    public static String shown(PlannedChange change) {
        return change.id() + " " + change.description() + " " + change.reason();
    }

    /**
     * What is approved by approving this plan.
     *
     * @param ticked by {@link AccountPlan#tick}, the keys that may be deleted although they were used recently
     */
    public ApprovedChanges approve(Set<String> ticked) {
        Map<String, Set<String>> approved = new TreeMap<>();
        Map<String, Set<String>> named = new TreeMap<>();
        for (AccountPlan plan : accounts) {
            String account = plan.account().id();
            for (int i = 0; i < plan.changes().size(); i++) {
                PlannedChange change = plan.changes().get(i);
                boolean isNamed = change.canBeNamed() && ticked.contains(plan.tick(i));
                if (isNamed) {
                    named.computeIfAbsent(account, a -> new LinkedHashSet<>()).add(change.target());
                }
                // What is held back and not named isn't approved, so that it stays held back whatever comes later.
                if (isNamed || !change.isBlocked()) {
                    approved.computeIfAbsent(account, a -> new LinkedHashSet<>())
                            .add(change.id());
                }
            }
        }
        return new ApprovedChanges(approved, named);
    }
}
