package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Person;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The plan that a pause shows for approval, and the keys that each user has selected in it. Thread-safe. */
final class PausePlan {

    private static final int PAGE_SIZE = 50;

    private final ConfirmRequest request;
    /** By plan and user: a selection is not valid for another plan. Lost in a restart. */
    private final Map<String, Set<String>> selected = new ConcurrentHashMap<>();

    PausePlan(ConfirmRequest request) {
        this.request = request;
    }

    /**
     * Stores the current plan. Reads the state of each account that has planned changes.
     *
     * @return the digest; null when no change is planned, or the pause is for another task
     * @throws InvalidInputException when the build has not read the account
     */
    String store(Run<?, ?> run) {
        BuildStore store = BuildStore.of(run);
        AccountStore accounts = store.accounts();
        List<AccountEntry> subject = request.isOrganization()
                ? accounts.accounts()
                : accounts.account(request.subject()).map(List::of).orElse(List.of());
        if (subject.isEmpty()) {
            throw new InvalidInputException("rootConfirm needs rootReport first"
                    + (request.isOrganization() ? "" : " for account " + request.subject())
                    + ". This build has not read the account.");
        }
        if (!request.isPlan()) {
            return null;
        }
        PlanSnapshot now = PlanSnapshot.of(accounts, subject);
        return now.isEmpty() ? null : store.approvals().save(now);
    }

    /** @param number from 1; the first page when it is not a number, the last one when it is too high */
    Page page(Run<?, ?> run, String digest, String number) {
        PlanSnapshot plan = BuildStore.of(run).approvals().get(digest, PlanSnapshot.class);
        int wanted = number != null && number.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(number) : 1;
        int pages = Math.max(1, (plan.accounts().size() + PAGE_SIZE - 1) / PAGE_SIZE);
        Set<String> keys =
                selected.computeIfAbsent(digest + " " + Person.asking(false), p -> ConcurrentHashMap.newKeySet());
        return new Page(plan, digest, Math.min(wanted, pages), pages, keys);
    }

    /**
     * The part of a plan that one page shows.
     *
     * @param digest identifies the plan that is shown, so that an answer to another one is noticed
     * @param number from 1
     * @param selected the keys that the user has selected, on any page
     */
    @Restricted(NoExternalUse.class)
    public record Page(PlanSnapshot plan, String digest, int number, int pages, Set<String> selected) {

        public List<PlanSnapshot.AccountPlan> plans() {
            int from = (number - 1) * PAGE_SIZE;
            return plan.accounts().subList(from, Math.min(plan.accounts().size(), from + PAGE_SIZE));
        }

        /** Whether every change of the plan, also those on other pages, is held back. */
        public boolean isAllHeldBack() {
            return plan.blocked() == plan.changes();
        }

        public boolean isSelected(String key) {
            return selected.contains(key);
        }

        /** Why a change is held back, for its check box. */
        public String heldBack(PlannedChange change) {
            return change.isAllowable() ? Messages.ConfirmView_selectKey(change.reason()) : change.reason();
        }

        /**
         * Keeps the keys that the user has selected on this page.
         *
         * @param keys null for none
         * @return these keys, and those selected on other pages before
         */
        Set<String> select(String[] keys) {
            for (PlanSnapshot.AccountPlan account : plans()) {
                for (int i = 0; i < account.changes().size(); i++) {
                    selected.remove(account.tick(i));
                }
            }
            selected.addAll(keys == null ? List.of() : Arrays.asList(keys));
            return Set.copyOf(selected);
        }
    }
}
