package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.remediation.Instructions;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.remediation.PlannedChange;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import io.jenkins.plugins.awsrootguard.store.Person;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One open pause as its page shows it, and what the page's buttons do. Made for one request. */
@Restricted(NoExternalUse.class)
public final class ConfirmView implements ModelObject {

    private final RootConfirmExecution execution;
    private final ConfirmRequest request;
    private final Run<?, ?> run;
    private final ConfirmAction action;
    /** The progress at the time of the request, so that all parts of the page show the same. */
    private final Optional<ConfirmRecord> record;

    private final SubmitterRules rules;
    private final int page;

    ConfirmView(RootConfirmExecution execution, Run<?, ?> run) {
        this.execution = execution;
        this.request = execution.request();
        this.run = run;
        this.action = ConfirmAction.of(run);
        this.record = action.record(request);
        this.rules = new SubmitterRules(run, request.submitter());
        StaplerRequest2 web = Stapler.getCurrentRequest2();
        this.page = web == null ? 1 : number(web.getParameter("page"));
    }

    private static int number(String text) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 1;
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
        if (request.isOrganization()) {
            PlanSnapshot all = plan();
            return new PendingTask(
                    PendingTask.What.PLAN,
                    Messages.ConfirmView_planTitle(BuildStore.of(run)
                            .organization()
                            .map(h -> h.organization().id())
                            .orElse("")),
                    List.of(
                            Messages.ConfirmView_planCounts(
                                    all.changes(), all.accounts().size(), all.destructive(), all.blocked()),
                            Messages.ConfirmView_planRead(),
                            Messages.ConfirmView_planApprove()),
                    null,
                    Messages.ConfirmView_planVerifiedBy());
        }
        BuildStore store = BuildStore.of(run);
        AccountFacts facts =
                store.readableState(request.subject()).map(AccountState::facts).orElse(null);
        return Instructions.forTask(request.what(), facts, store.settings(request.subject()));
    }

    public String consoleUrl() {
        return ConsoleLink.of(task());
    }

    /** Whether it is a plan that is to be approved. */
    public boolean isPlan() {
        return request.what() == PendingTask.What.PLAN;
    }

    private PlanSnapshot plan() {
        return execution.plan().get(run, record.orElseThrow().plan());
    }

    /** The plans of the accounts of this page. */
    public List<PlanSnapshot.AccountPlan> plans() {
        List<PlanSnapshot.AccountPlan> all = plan().accounts();
        int from = (page() - 1) * PausePlan.PAGE_SIZE;
        return all.subList(from, Math.min(all.size(), from + PausePlan.PAGE_SIZE));
    }

    /** The number of this page, from 1. */
    public int page() {
        return Math.min(page, pages());
    }

    public int pages() {
        return Math.max(1, (plan().accounts().size() + PausePlan.PAGE_SIZE - 1) / PausePlan.PAGE_SIZE);
    }

    /** Whether the person has selected a key on this page before. */
    public boolean isTicked(String tick) {
        return execution.plan().ticked(Person.asking(false)).contains(tick);
    }

    /** Why a change is held back, in words for a check box. */
    public String heldBack(PlannedChange change) {
        return change.canBeNamed() ? Messages.ConfirmView_tickIt(change.reason()) : change.reason();
    }

    /** Names the plan that is shown, so that an answer to another one is noticed. */
    public String planTag() {
        return record.map(ConfirmRecord::plan).orElse("");
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
        boolean moved = action.move(request, ConfirmRecord.Phase.WAITING, r -> said);
        if (!moved
                && action.record(request)
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
                "Aborted by " + who, r -> r.settled(ConfirmRecord.End.REJECTED, who, Instant.now(), "aborted", null))) {
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

    /** Keeps the keys that were selected on this page, and shows another one. */
    @RequirePOST
    public HttpResponse doShow(StaplerRequest2 req, @QueryParameter int to) {
        rules.checkSubmit();
        ticked(req);
        return HttpResponses.redirectViaContextPath(
                run.getUrl() + ConfirmAction.URL + "/?page=" + Math.max(1, to) + "#" + request.id());
    }

    private ConfirmRecord said(StaplerRequest2 req) {
        if (isPassword() && req.getParameter("agreed") == null) {
            throw new Failure(Messages.ConfirmView_agree());
        }
        String approved = null;
        if (isPlan()) {
            checkShown(req.getParameter("plan"));
            approved = BuildStore.of(run).approvals().save(plan().approve(ticked(req)));
        }
        return record.orElseThrow().verifying(Person.asking(!request.isSeenInAws()), approved);
    }

    /** An answer to a plan that has changed since it was shown is not taken. */
    private void checkShown(String shown) {
        String now = now();
        if (now == null || !now.equals(planTag())) {
            action.move(request, ConfirmRecord.Phase.WAITING, r -> r.waitingAgain(now == null ? r.plan() : now));
        }
        if (now == null || !now.equals(planTag()) || !now.equals(shown)) {
            throw new Failure(Messages.ConfirmView_otherPlan());
        }
    }

    private String now() {
        try {
            return execution.plan().take(run);
        } catch (UncheckedIOException e) {
            // Storing the approval fails for the same reason, and ends the pause.
            return planTag();
        }
    }

    /** The keys that the person selected on this page, and on those that were shown before. */
    private Set<String> ticked(StaplerRequest2 req) {
        Set<String> all = execution.plan().ticked(Person.asking(false));
        Set<String> here = new HashSet<>();
        for (PlanSnapshot.AccountPlan account : plans()) {
            for (int i = 0; i < account.changes().size(); i++) {
                here.add(account.tick(i));
            }
        }
        all.removeAll(here);
        String[] values = req.getParameterValues("key");
        all.addAll(values == null ? List.of() : Arrays.asList(values));
        return Set.copyOf(all);
    }
}
