package io.jenkins.plugins.awsrootguard.cli;

import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome.Reading;
import io.jenkins.plugins.awsrootguard.assessment.AccountOutcome;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationApproval;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationAssessment;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationChanges;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationRemediation;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationResult;
import io.jenkins.plugins.awsrootguard.assessment.OrganizationSettings;
import io.jenkins.plugins.awsrootguard.assessment.RemediationOutcome;
import io.jenkins.plugins.awsrootguard.aws.AccountConnection;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.AccountFilter;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.ChangeRecord.Outcome;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.remediation.RemediationPlan;
import io.jenkins.plugins.awsrootguard.report.PlanSentences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** {@code secure} for a whole organization: reads it, says each account's plan, carries it out, and reads again. */
final class OrganizationSecuring {

    private final OrganizationRun run;
    private final Console console;
    private final AccountConnection caller;
    private final OrganizationSettings settings;
    private final boolean apply;
    /** Accounts with a change that can be made, by id; each is given to the folder once, when it is done with. */
    private final Map<String, AccountOutcome> planned = new ConcurrentSkipListMap<>();

    private final Map<String, RemediationOutcome> changed = new ConcurrentHashMap<>();
    private final AtomicLong rereadCalls = new AtomicLong();

    OrganizationSecuring(
            OrganizationRun run, AccountConnection caller, OrganizationSettings settings, boolean apply) {
        if (apply && caller.caller().isRoot()) {
            throw new InvalidInputException("A root user can't open privileged root sessions: use a role or user of the"
                    + " management account, or secure its account alone, without --organization");
        }
        this.run = run;
        this.console = run.console();
        this.caller = caller;
        this.settings = settings;
        this.apply = apply;
    }

    int run(AccountFilter filter) throws IOException {
        OrganizationAssessment assessment = OrganizationAssessment.begin(caller, filter, settings);
        try (StopSignal ignored = StopSignal.forThisThread();
                OrganizationFolder folder = run.folder(caller, assessment.organization())) {
            console.heading("Plan, account by account");
            OrganizationResult result =
                    assessment.run(folder::confirmation, outcome -> plan(folder, outcome), console);
            OrganizationChanges changes = apply && result.isComplete() ? carryOut(folder) : null;
            if (changes != null && changes.isComplete()) {
                readAgain(folder);
            }
            // What was not read again stands as it was read before the changes.
            planned.values().forEach(outcome -> run.take(folder, outcome));
            sumUp(changes, result);
            int code = run.finish(folder, total(result, changes));
            return code == ExitCode.OK && apply && isOpen() ? openChanges() : code;
        }
    }

    private void plan(OrganizationFolder folder, AccountOutcome outcome) {
        RemediationPlan plan = outcome.state().plan();
        if (!plan.changes().isEmpty()) {
            console.say("  " + outcome.account().displayName() + ": " + asTyped(PlanSentences.line(plan)));
        } else {
            run.tell(outcome);
        }
        boolean makes = plan.changes().stream().anyMatch(c -> !c.isBlocked());
        if (outcome.reading() == Reading.READ && makes) {
            planned.put(outcome.account().id(), folder.recorded(outcome));
        } else {
            run.take(folder, outcome);
        }
    }

    /** The engine names a key as the Jenkins plugin's steps do; here it is an option. */
    private static String asTyped(String text) {
        return text.replaceAll("deleteKeys: \\['([^']+)'\\]", "--name-key $1");
    }

    private OrganizationChanges carryOut(OrganizationFolder folder) {
        console.heading("Changes");
        List<RemediationPlan> plans =
                planned.values().stream().map(o -> o.state().plan()).toList();
        OrganizationApproval approval = OrganizationApproval.of(LocalUser.approver(), Instant.now(), plans);
        for (AccountOutcome outcome : planned.values()) {
            folder.begin(outcome, approval.of(outcome.account().id()));
        }
        return OrganizationRemediation.apply(caller, settings, approval)
                .run(plans, folder::journal, outcome -> changed(folder, outcome), console);
    }

    private void changed(OrganizationFolder folder, RemediationOutcome outcome) {
        folder.record(outcome.accountId(), outcome.callRecords());
        changed.put(outcome.accountId(), outcome);
        String name = planned.get(outcome.accountId()).account().displayName();
        if (run.isVerbose()) {
            console.line(name + ": " + PlanSentences.outcome(outcome.records()));
        }
        if (outcome.reason() != null) {
            console.line(name + ": " + outcome.reason());
        }
        outcome.records().stream()
                .filter(r -> r.outcome() == Outcome.FAILED)
                .forEach(r -> console.line(name + ": " + r.description() + ": FAILED, " + r.detail()));
    }

    /** Only the accounts that were called: the findings are to tell how it is now. */
    private void readAgain(OrganizationFolder folder) {
        List<String> called = changed.values().stream()
                .filter(o -> o.calls() > 0)
                .map(RemediationOutcome::accountId)
                .toList();
        if (called.isEmpty()) {
            return;
        }
        console.line("Reading " + called.size() + (called.size() == 1 ? " account" : " accounts")
                + " again, after the changes");
        try {
            OrganizationResult again = OrganizationAssessment.begin(
                            caller, AccountFilter.parse(called, List.of(), List.of()), settings)
                    .run(folder::confirmation, outcome -> again(folder, outcome), console);
            rereadCalls.addAndGet(again.calls());
        } catch (AwsAccessException e) {
            console.line("The accounts could not be read again: " + e.getMessage());
        }
    }

    private void again(OrganizationFolder folder, AccountOutcome outcome) {
        if (outcome.reading() != Reading.STOPPED) {
            String id = outcome.account().id();
            AccountOutcome before = planned.remove(id);
            run.take(folder, outcome.plusCalls(before.calls() + changed.get(id).calls()));
        }
    }

    private void sumUp(OrganizationChanges changes, OrganizationResult result) {
        if (!apply) {
            console.heading("Dry run: nothing is changed without --apply, which approves the plan above");
        } else if (!result.isComplete()) {
            console.heading("Nothing was changed, for not every account was read");
        } else {
            console.heading("Changes: "
                    + PlanSentences.outcome(changed.values().stream()
                            .flatMap(o -> o.records().stream())
                            .toList())
                    + ", in " + changes.accounts() + (changes.accounts() == 1 ? " account" : " accounts")
                    + (changes.isComplete()
                            ? ""
                            : "; " + changes.stoppedBecause() + ", and the findings are from before the changes"));
        }
        console.say("In the reports rootSecure is 'secure --apply' here, memberRole is --member-role, and deleteKeys is"
                + " --name-key.");
    }

    private OrganizationResult total(OrganizationResult result, OrganizationChanges changes) {
        String stopped = result.stoppedBecause() != null || changes == null
                ? result.stoppedBecause()
                : changes.stoppedBecause();
        return new OrganizationResult(
                result.organization(),
                result.partition(),
                result.central(),
                result.startedAt(),
                Instant.now(),
                result.accounts(),
                result.unread(),
                result.calls() + (changes == null ? 0 : changes.calls()) + rereadCalls.get(),
                stopped);
    }

    private boolean isOpen() {
        return changed.values().stream()
                .anyMatch(o -> o.reason() != null || o.count(Outcome.DONE) < o.records().size());
    }

    private int openChanges() {
        String accounts = changed.values().stream()
                .filter(o -> o.reason() != null || o.count(Outcome.DONE) < o.records().size())
                .map(RemediationOutcome::accountId)
                .sorted()
                .collect(Collectors.joining(", "));
        console.say("Exit code 1: changes were not made in " + accounts);
        return ExitCode.FINDINGS;
    }
}
