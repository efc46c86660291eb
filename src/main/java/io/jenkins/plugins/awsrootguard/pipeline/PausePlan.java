package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountEntry;
import io.jenkins.plugins.awsrootguard.assessment.AccountStore;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plan that a pause shows for approval: taken once, read from its file, and held no longer than there is memory to spare. */
final class PausePlan {

    /** How many accounts a page shows. */
    static final int PAGE_SIZE = 50;

    private final ConfirmRequest request;
    private final Map<String, Set<String>> ticked = new ConcurrentHashMap<>();
    private SoftReference<Map.Entry<String, PlanSnapshot>> held = new SoftReference<>(null);

    PausePlan(ConfirmRequest request) {
        this.request = request;
    }

    boolean isApproval() {
        return request.what() == PendingTask.What.PLAN;
    }

    /**
     * Stores the plan as it is now. Reads the state of each account that has something planned.
     *
     * @return the digest; null when nothing is planned, or the pause is for another task
     * @throws InvalidInputException when the build has not read the account
     */
    String take(Run<?, ?> run) {
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
        if (!isApproval()) {
            return null;
        }
        PlanSnapshot now = PlanSnapshot.of(accounts, subject);
        return now.isEmpty() ? null : store.approvals().save(now);
    }

    /** A plan that was stored. */
    synchronized PlanSnapshot get(Run<?, ?> run, String digest) {
        Map.Entry<String, PlanSnapshot> now = held.get();
        if (now == null || !now.getKey().equals(digest)) {
            now = Map.entry(digest, BuildStore.of(run).approvals().get(digest, PlanSnapshot.class));
            held = new SoftReference<>(now);
        }
        return now.getValue();
    }

    /** The keys that a person has selected on the pages shown to them; lost in a restart. */
    Set<String> ticked(String person) {
        return ticked.computeIfAbsent(person, p -> ConcurrentHashMap.newKeySet());
    }
}
