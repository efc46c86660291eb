package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import io.jenkins.plugins.awsrootguard.facts.AccountFacts;
import io.jenkins.plugins.awsrootguard.facts.Times;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import io.jenkins.plugins.awsrootguard.store.Person;
import io.jenkins.plugins.awsrootguard.store.PlanSnapshot;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import io.jenkins.plugins.awsrootguard.store.Settlement.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.util.SystemProperties;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A pause on its page, and the actions of the page's buttons. Created for one request. */
@Restricted(NoExternalUse.class)
public final class ConfirmView implements ModelObject {

    /** The system property with the seconds that a request waits for the check of its answer. */
    private static final String PATIENCE = ConfirmView.class.getName() + ".patienceSeconds";

    private final RootConfirmExecution execution;
    private final ConfirmRequest request;
    private final Run<?, ?> run;
    private final ConfirmAction action;
    /** The progress at the time of the request, so that all parts of the page show the same. */
    private final Optional<ConfirmRecord> record;

    private final SubmitterRules rules;

    ConfirmView(RootConfirmExecution execution, Run<?, ?> run) {
        this.execution = execution;
        this.request = execution.request();
        this.run = run;
        this.action = ConfirmAction.of(run);
        this.record = action.record(request);
        this.rules = new SubmitterRules(run, request.submitter());
    }

    @Override
    public String getDisplayName() {
        return Settlement.title(request.what());
    }

    public ConfirmRequest request() {
        return request;
    }

    public SubmitterRules rules() {
        return rules;
    }

    /** When AWS is checked next; null if a check is due. */
    public Times.Text nextCheck() {
        Instant next = execution.nextCheck;
        return next == null || next.isBefore(Instant.now()) ? null : Times.Text.ofDay(next);
    }

    /** Whether it can be answered: not while an answer is verified, nor after. */
    public boolean isOffered() {
        return isIn(ConfirmRecord.Phase.WAITING);
    }

    public boolean isVerifying() {
        return isIn(ConfirmRecord.Phase.VERIFYING);
    }

    private boolean isIn(ConfirmRecord.Phase phase) {
        return record.filter(r -> r.phase == phase).isPresent();
    }

    /** Where the buttons post to, from the root of Jenkins. */
    public String url() {
        return run.getUrl() + ConfirmAction.URL + "/" + request.id() + "/";
    }

    /** The instructions, for the partition of the account. */
    public PendingTask task() throws IOException, InterruptedException {
        BuildStore store = BuildStore.of(run);
        if (!request.isOrganization()) {
            AccountFacts facts = store.readableState(request.subject())
                    .map(AccountState::facts)
                    .orElse(null);
            return PendingTask.of(
                    request.what(),
                    facts,
                    PhaseExecution.steps(execution.getContext()).remediation(request.subject()));
        }
        PlanSnapshot all = store.approvals().get(record.orElseThrow().plan, PlanSnapshot.class);
        return new PendingTask(
                PendingTask.What.PLAN,
                Messages.ConfirmView_planTitle(
                        store.organization().map(h -> h.organization().id()).orElse("")),
                List.of(
                        Messages.ConfirmView_planCounts(
                                all.changes(), all.accounts().size(), all.destructive(), all.blocked()),
                        Messages.ConfirmView_planRead(),
                        Messages.ConfirmView_planApprove()),
                null,
                Messages.ConfirmView_planVerifiedBy());
    }

    public String consoleUrl() throws IOException, InterruptedException {
        return ConsoleLink.of(task());
    }

    /** The page of the plan that the request selects. */
    public PausePlan.Page planPage() {
        StaplerRequest2 web = Stapler.getCurrentRequest2();
        return execution.plan.page(run, record.orElseThrow().plan, web == null ? null : web.getParameter("page"));
    }

    /** Who answered what, while it is verified. */
    public String verifying() {
        String who = record.map(r -> r.by).orElse("");
        return switch (request.what()) {
            case PLAN -> Messages.ConfirmView_storing(who);
            case PASSWORD -> Messages.ConfirmView_stated(who);
            case MFA, ADMIN_MFA -> Messages.ConfirmView_checking(who);
        };
    }

    /** The result of the last check; null before the first one. */
    public String lastResult() {
        Note result = execution.check.lastResult;
        return result == null ? null : ConfirmCheck.sentence(result);
    }

    public Times.Text lastResultAt() {
        Note result = execution.check.lastResult;
        return result == null ? null : Times.Text.ofDay(result.at());
    }

    /** Changes when the form of the pause is no longer valid. */
    public String version() {
        return record.map(r -> r.phase + "-" + r.plan).orElse("");
    }

    /** Confirms or approves. The answer is on disk when this returns. The result of its check is awaited, so the page shows it. */
    @RequirePOST
    public HttpResponse doProceed(StaplerRequest2 req) throws InterruptedException {
        rules.checkSubmit();
        ConfirmRecord answered = answer(req);
        if (!action.move(request, ConfirmRecord.Phase.WAITING, r -> answered)
                && !new ConfirmView(execution, run).isVerifying()) {
            throw new Failure(Messages.ConfirmView_settled());
        }
        execution.submit();
        if (!request.isPassword()) {
            action.awaitVerification(request, Duration.ofSeconds(SystemProperties.getInteger(PATIENCE, 15)));
        }
        if (action.record(request)
                .filter(r -> r.phase == ConfirmRecord.Phase.WAITING && !Objects.equals(r.plan, answered.plan))
                .isPresent()) {
            throw new Failure(Messages.ConfirmView_otherPlan());
        }
        return page("");
    }

    @RequirePOST
    public HttpResponse doAbort() throws IOException, InterruptedException {
        rules.checkAbort();
        String who = Person.asking(false);
        if (!execution.settle(
                "Aborted by " + who, r -> r.settled(ConfirmRecord.End.REJECTED, who, Instant.now(), "aborted", null))) {
            throw new Failure(Messages.ConfirmView_settled());
        }
        return page("");
    }

    /** This pause is shown on the page of all pauses of the build. */
    public HttpResponse doIndex() {
        return page("");
    }

    /** Keeps the keys that were selected on this page, and shows another one. */
    @RequirePOST
    public HttpResponse doShow(StaplerRequest2 req, @QueryParameter int to) {
        rules.checkSubmit();
        shownPage(req).select(req.getParameterValues("key"));
        return page("?page=" + Math.max(1, to) + "#" + request.id());
    }

    private HttpResponse page(String query) {
        return HttpResponses.redirectViaContextPath(run.getUrl() + ConfirmAction.URL + "/" + query);
    }

    private ConfirmRecord answer(StaplerRequest2 req) {
        if (request.isPassword() && req.getParameter("agreed") == null) {
            throw new Failure(Messages.ConfirmView_agree());
        }
        ConfirmRecord now = record.orElseThrow(() -> new Failure(Messages.ConfirmView_settled()));
        String approved = null;
        if (request.isPlan()) {
            PausePlan.Page page = shownPage(req);
            approved = BuildStore.of(run)
                    .approvals()
                    .save(page.plan().approve(page.select(req.getParameterValues("key"))));
        }
        return now.verifying(Person.asking(!request.isReportedByAws()), approved);
    }

    /** The page of the plan that the user submits. One of another plan is refused, because its check boxes are of other keys. */
    private PausePlan.Page shownPage(StaplerRequest2 req) {
        ConfirmRecord now = record.orElseThrow(() -> new Failure(Messages.ConfirmView_settled()));
        if (!now.plan.equals(req.getParameter("plan"))) {
            throw new Failure(Messages.ConfirmView_otherPlan());
        }
        return planPage();
    }
}
