package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Sha256;
import io.jenkins.plugins.awsrootguard.remediation.Instructions;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildAccount;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import io.jenkins.plugins.awsrootguard.store.OrganizationPlan;
import io.jenkins.plugins.awsrootguard.store.Person;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One open pause as its page shows it, and what the page's buttons do. Made for one request. */
@Restricted(NoExternalUse.class)
public final class ConfirmView implements ModelObject {

    private final RootConfirmExecution execution;
    private final ConfirmRequest request;
    private final Run<?, ?> run;
    private final ConfirmAction action;
    /** Null when the pause is about an organization. */
    private final AccountState state;

    /** How far it has come, so that all parts of the page tell of the same. */
    private final Optional<ConfirmRecord> record;

    private final SubmitterRules rules;
    private OrganizationPlan organizationPlan;

    ConfirmView(RootConfirmExecution execution, Run<?, ?> run) {
        this.execution = execution;
        this.request = execution.request();
        this.run = run;
        this.action = ConfirmAction.of(run);
        this.record = action.record(request.id());
        this.state = request.isOrganization()
                ? null
                : BuildStore.of(run).state(request.accountId()).orElse(null);
        this.rules = new SubmitterRules(run, request.submitter());
    }

    @Override
    public String getDisplayName() {
        return Confirmations.title(request.what());
    }

    public String id() {
        return request.id();
    }

    public String message() {
        return request.message();
    }

    public String ok() {
        return request.ok();
    }

    public boolean isPassword() {
        return request.what() == PendingTask.What.PASSWORD;
    }

    /** Whether there is something to fill in, which a reload would wipe out. */
    public boolean hasForm() {
        return isOffered() && !request.isSeenInAws();
    }

    /** Whether it can be answered: not while the answer is being verified, nor after. */
    public boolean isOffered() {
        return isIn(ConfirmRecord.Phase.WAITING);
    }

    /** Where the buttons post to, from the root of Jenkins. */
    public String url() {
        return run.getUrl() + ConfirmAction.URL + "/" + request.id() + "/";
    }

    /** What to do, for the account's own partition. */
    public PendingTask task() {
        if (isOrganization()) {
            return OrganizationPause.task(request.organizationId(), organizationPlan());
        }
        AccountFacts facts = state == null ? null : state.facts();
        return Instructions.forTask(request.what(), facts, BuildAccount.settings(run, request.accountId()));
    }

    public String consoleUrl() {
        return ConsoleLink.of(task());
    }

    /** Whether the pause is about a whole organization. */
    public boolean isOrganization() {
        return request.isOrganization();
    }

    /** The plans of all accounts of the organization; read once for a page. */
    public OrganizationPlan organizationPlan() {
        if (organizationPlan == null) {
            organizationPlan = OrganizationPlan.of(BuildStore.of(run).organizationStore());
        }
        return organizationPlan;
    }

    boolean isNothingPlanned() {
        return isOrganization() ? organizationPlan().isEmpty() : changes().isEmpty();
    }

    /** The planned changes of the account, when it is they that are to be approved. */
    public List<PlannedChange> changes() {
        return request.what() == PendingTask.What.PLAN && state != null && state.plan() != null
                ? state.plan().changes()
                : List.of();
    }

    /** Why a change is held back, in words that fit a tick box. */
    public String heldBack(PlannedChange change) {
        return change.canBeNamed() ? Messages.ConfirmView_tickIt(change.reason()) : change.reason();
    }

    /** Stands for the plan that is shown, so that an answer to another one is noticed. */
    public String planTag() {
        if (isOrganization()) {
            return organizationPlan().tag();
        }
        return Sha256.of(changes().stream().map(OrganizationPlan::shown).collect(Collectors.joining("\n")));
    }

    public boolean isVerifying() {
        return isIn(ConfirmRecord.Phase.VERIFYING);
    }

    /** Whether it still waits for an answer, or for what comes of one. */
    boolean isOpen() {
        return record.filter(ConfirmRecord::isOpen).isPresent();
    }

    private boolean isIn(ConfirmRecord.Phase phase) {
        return record.filter(r -> r.phase() == phase).isPresent();
    }

    /** Who answered what, and that nothing came of it yet. */
    public String verifying() {
        String who = record.map(ConfirmRecord::by).orElse("");
        return switch (request.what()) {
            case PLAN -> Messages.ConfirmView_storing(who);
            case PASSWORD -> Messages.ConfirmView_stated(who);
            case MFA, ADMIN_MFA -> Messages.ConfirmView_checking(who);
        };
    }

    public boolean isLookingByItself() {
        return request.isSeenInAws();
    }

    public int pollSeconds() {
        return RootConfirmExecution.pollSeconds();
    }

    /** Null when there was none yet. */
    public String lastLook() {
        LastLook look = execution.lastLook();
        return look == null ? null : Times.clock(look.at()) + ": " + look.sentence();
    }

    public boolean canSubmit() {
        return rules.canSubmit();
    }

    public boolean canAbort() {
        return rules.canAbort();
    }

    /** Who is asked to confirm, in words; null when everybody with the permission Job/Build may. */
    public String asked() {
        return rules.named().isEmpty() ? null : String.join(", ", rules.named());
    }

    /** A person says that it is done. It's on disk before it is verified, which happens after this returned. */
    @RequirePOST
    public HttpResponse doProceed(StaplerRequest2 req) {
        rules.checkSubmit();
        ConfirmRecord said = said(req);
        boolean moved = action.move(request.id(), ConfirmRecord.Phase.WAITING, r -> said);
        if (!moved
                && action.record(request.id())
                        .filter(r -> r.phase() == ConfirmRecord.Phase.VERIFYING)
                        .isEmpty()) {
            throw new Failure(Messages.ConfirmView_settled());
        }
        execution.submit();
        return back();
    }

    @RequirePOST
    public HttpResponse doAbort() throws IOException, InterruptedException {
        rules.checkAbort();
        String who = Person.asking(false);
        if (!execution.settle(
                "Aborted by " + who, r -> r.settled(ConfirmRecord.End.REJECTED, who, Instant.now(), "aborted"))) {
            throw new Failure(Messages.ConfirmView_settled());
        }
        return back();
    }

    /** The page of all the build's pauses is where this one is shown. */
    public HttpResponse doIndex() {
        return HttpResponses.redirectViaContextPath(run.getUrl() + ConfirmAction.URL + "/");
    }

    private HttpResponse back() {
        return HttpResponses.redirectViaContextPath(run.getUrl() + ConfirmAction.URL + "/");
    }

    private ConfirmRecord said(StaplerRequest2 req) {
        if (isPassword() && req.getParameter("agreed") == null) {
            throw new Failure(Messages.ConfirmView_agree());
        }
        Set<String> approved = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        if (request.what() == PendingTask.What.PLAN) {
            if (!planTag().equals(req.getParameter("plan"))) {
                throw new Failure(Messages.ConfirmView_otherPlan());
            }
            if (isOrganization()) {
                approved.addAll(OrganizationPause.keep(
                        BuildStore.of(run).organizationStore(),
                        organizationPlan().approve(Set.copyOf(ticked(req)))));
            } else {
                approve(ticked(req), approved, named);
            }
        }
        return ConfirmRecord.waiting(request).verifying(Person.asking(!request.isSeenInAws()), approved, named);
    }

    private void approve(List<String> ticked, Set<String> approved, Set<String> named) {
        List<PlannedChange> changes = changes();
        for (int i = 0; i < changes.size(); i++) {
            PlannedChange change = changes.get(i);
            boolean isNamed = change.canBeNamed() && ticked.contains(Integer.toString(i));
            if (isNamed) {
                named.add(change.target());
            }
            // What is held back and not named isn't approved, so that it stays held back whatever comes later.
            if (isNamed || !change.isBlocked()) {
                approved.add(change.id());
            }
        }
    }

    private static List<String> ticked(StaplerRequest2 req) {
        String[] values = req.getParameterValues("key");
        return values == null ? List.of() : new ArrayList<>(Arrays.asList(values));
    }
}
