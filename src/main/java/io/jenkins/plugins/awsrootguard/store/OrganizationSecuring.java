package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationApproval;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationChanges;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationRemediation;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.RemediationOutcome;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.Approval;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.store.OrganizationPlan.AccountPlan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Phase 3 of an organization in a build: each account's plan, journalled in its state before and after each change. */
final class OrganizationSecuring {

    /** How many accounts are named in which something was not done. */
    private static final int NAMED = 20;

    private final BuildContext build;
    private final OrganizationSettings settings;
    private final boolean dryRun;

    private final Map<ChangeRecord.Outcome, Integer> counts = new EnumMap<>(ChangeRecord.Outcome.class);
    private final List<OrganizationSecured.Open> open = new ArrayList<>();
    private int openAccounts;

    OrganizationSecuring(BuildContext build, OrganizationSettings settings, boolean dryRun) {
        this.build = build;
        this.settings = settings;
        this.dryRun = dryRun;
    }

    OrganizationSecured run(ConnectionSpec spec, boolean approved) throws IOException, InterruptedException {
        List<AccountPlan> plans = OrganizationPlan.of(build.store()).accounts();
        List<OrganizationApproval> approvals = approved ? List.of(byJob(plans)) : approvals(plans);
        OrganizationChanges last = null;
        try (RecordedCalls ignored = build.recordOrganizationCalls();
                AccountConnection caller = connect(spec)) {
            for (OrganizationApproval approval : approvals) {
                if (build.isStopped()) {
                    throw new InterruptedException("it was stopped before every change was made");
                }
                List<RemediationPlan> ofThisOne = plans.stream()
                        .filter(p -> approvals.size() == 1
                                || approval.accounts().containsKey(p.account().id()))
                        .map(p -> plan(p))
                        .toList();
                last = remediation(caller, approval).run(ofThisOne, this::journal, this::take, build.log());
                if (!last.isComplete()) {
                    break;
                }
            }
        }
        OrganizationPhases.archive(build);
        if (last != null && last.isInterrupted()) {
            build.log().line("Stopped: what was done until then is kept, and shown on the build page");
            throw new InterruptedException(last.stoppedBecause());
        }
        if (last != null && !last.isComplete()) {
            throw new AbortException("Not every plan was carried out: " + last.stoppedBecause()
                    + "; the build page shows what was done, and the next run goes on");
        }
        return secured(plans.size());
    }

    private synchronized OrganizationSecured secured(int accounts) {
        return new OrganizationSecured(
                build.action().organization().orElseThrow().organizationId(),
                dryRun,
                accounts,
                counts,
                List.copyOf(open),
                openAccounts);
    }

    private AccountConnection connect(ConnectionSpec spec) {
        AccountConnection caller = build.connectForMany(spec).connection();
        if (!dryRun && caller.caller().isRoot()) {
            caller.close();
            throw new InvalidInputException("a root user can't open privileged root sessions: use a role or user of the"
                    + " management account, or give accountId to secure that account alone");
        }
        return caller;
    }

    private static RemediationPlan plan(AccountPlan plan) {
        return new RemediationPlan(plan.account().id(), Instant.now(), plan.changes(), List.of());
    }

    private OrganizationRemediation remediation(AccountConnection caller, OrganizationApproval approval) {
        return dryRun
                ? OrganizationRemediation.dryRun(caller, settings)
                : OrganizationRemediation.apply(caller, settings, approval);
    }

    /** The job itself approves everything. */
    private OrganizationApproval byJob(List<AccountPlan> plans) {
        String job = Person.job(build.run().getParent().getFullName());
        OrganizationApproval all = OrganizationApproval.of(
                job, Instant.now(), plans.stream().map(p -> plan(p)).toList());
        if (!dryRun) {
            for (AccountPlan plan : plans) {
                Approval one = all.of(plan.account().id());
                build.store().revise(plan.account().id(), s -> s.withApproval(one));
                build.action().organizationEvidence(plan.account().id()).approval(one);
            }
        }
        return all;
    }

    /** The approvals that were given, by who gave them; what nobody approved goes with the first. */
    private List<OrganizationApproval> approvals(List<AccountPlan> plans) {
        Map<String, Approval> people = new LinkedHashMap<>();
        Map<String, Map<String, Set<String>>> changes = new LinkedHashMap<>();
        Map<String, Map<String, Set<String>>> keys = new LinkedHashMap<>();
        List<String> nobody = new ArrayList<>();
        for (AccountPlan plan : plans) {
            String account = plan.account().id();
            Approval given = build.store()
                    .state(account)
                    .map(AccountState::standingApproval)
                    .orElse(null);
            if (given == null) {
                nobody.add(account);
                continue;
            }
            people.putIfAbsent(given.by(), given);
            changes.computeIfAbsent(given.by(), b -> new TreeMap<>()).put(account, given.changeIds());
            keys.computeIfAbsent(given.by(), b -> new TreeMap<>()).put(account, given.namedKeys());
        }
        if (people.isEmpty()) {
            return List.of(new OrganizationApproval("nobody", Instant.now(), Map.of(), Map.of()));
        }
        String first = people.keySet().iterator().next();
        nobody.forEach(account -> changes.get(first).put(account, Set.of()));
        return people.values().stream()
                .map(a -> new OrganizationApproval(a.by(), a.at(), changes.get(a.by()), keys.get(a.by())))
                .toList();
    }

    /** On the disk when it returns. A dry run is stored once an account, when it has ended. */
    private void journal(String account, ChangeRecord entry) {
        if (!dryRun) {
            build.store().update(account, s -> StateChanges.withoutDryRun(s).withChange(entry));
            build.action().organizationEvidence(account).change(entry);
        }
    }

    private synchronized void take(RemediationOutcome outcome) {
        String account = outcome.accountId();
        build.action().organizationEvidence(account).calls(outcome.callRecords());
        build.store().revise(account, s -> dryRun ? withDryRun(s, outcome) : s.withSecured(Instant.now()));
        outcome.records().forEach(r -> counts.merge(r.outcome(), 1, Integer::sum));
        String because = because(outcome);
        if (because != null) {
            openAccounts++;
            String name = build.store().account(account).orElseThrow().account().name();
            if (open.size() < NAMED) {
                open.add(new OrganizationSecured.Open(account, name, because));
                if (!dryRun) {
                    build.log().line(account + (name.isEmpty() ? "" : " (" + name + ")") + ": " + because);
                }
            }
        }
    }

    private static AccountState withDryRun(AccountState state, RemediationOutcome outcome) {
        AccountState after = StateChanges.withoutDryRun(state);
        for (ChangeRecord entry : outcome.records()) {
            if (entry.outcome() == ChangeRecord.Outcome.WOULD_DO) {
                after = after.withChange(entry);
            }
        }
        return after;
    }

    /** Why something was not done; null when all was, or would be. */
    private static String because(RemediationOutcome outcome) {
        if (outcome.reason() != null) {
            return outcome.reason();
        }
        return outcome.records().stream()
                .filter(r -> r.outcome() != ChangeRecord.Outcome.DONE && r.outcome() != ChangeRecord.Outcome.WOULD_DO)
                .min(Comparator.comparing(r -> r.outcome() == ChangeRecord.Outcome.SKIPPED))
                .map(r -> r.description() + ": " + r.detail())
                .orElse(null);
    }
}
