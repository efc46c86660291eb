package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.console.HyperlinkNote;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.awsrootguard.facts.Json;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;

/** What a pause writes to the log when it begins, and gives to the Pipeline and the build when it ends, as the step {@code input} does. */
final class ConfirmResult {

    private static final Logger LOGGER = Logger.getLogger(ConfirmResult.class.getName());

    private ConfirmResult() {}

    /** Marks the step as paused, and writes the instructions and the link to the page to the log. Once. */
    static void announce(RootConfirmExecution execution, PendingTask task) throws IOException, InterruptedException {
        FlowNode node = execution.getContext().get(FlowNode.class);
        if (node.getAction(PauseAction.class) != null) {
            return;
        }
        node.addAction(new PauseAction("AWS Root Guard"));
        ConfirmRequest request = execution.request();
        BuildLog log = execution.log();
        log.line("Paused: " + task.title());
        for (int i = 0; i < task.steps().size(); i++) {
            log.line("  " + (i + 1) + ". " + task.steps().get(i));
        }
        log.line("Verification: " + task.verifiedBy());
        String here = "/" + execution.run().getUrl() + ConfirmAction.URL + "/#" + request.id();
        log.rawLine(HyperlinkNote.encodeTo(here, "Show instructions, confirm or abort"));
    }

    /** Stores what a settled pause has confirmed, and continues or aborts the Pipeline. */
    static void deliver(RootConfirmExecution execution, ConfirmAction action, ConfirmRecord settled)
            throws IOException, InterruptedException {
        StepContext context = execution.getContext();
        User user = settled.by == null ? null : User.getById(settled.by, false);
        if (settled.end != ConfirmRecord.End.CONFIRMED) {
            context.onFailure(
                    settled.end == ConfirmRecord.End.REJECTED
                            ? new FlowInterruptedException(Result.ABORTED, new Rejection(user))
                            : new FlowInterruptedException(Result.ABORTED));
            return;
        }
        try {
            ConfirmCheck.keep(action, settled);
        } catch (RuntimeException e) {
            if (execution.isJenkinsStopping()) {
                throw e;
            }
            // A settled pause cannot be answered again, so the build must not wait for ever.
            LOGGER.log(Level.WARNING, e, () -> "Could not store what was confirmed in a pause of " + context);
            context.onFailure(
                    new AbortException("The confirmation could not be stored. The Jenkins system log has the cause."));
            return;
        }
        Run<?, ?> run = action.getObject();
        Map<String, Object> result = of(execution.request(), settled, run);
        try {
            if (settled.by != null) {
                mark(run, context.get(FlowNode.class), user, new InputSubmittedAction(settled.by, result));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not mark who confirmed a pause of " + context);
        }
        context.onSuccess(result);
    }

    /**
     * The result of the step.
     *
     * @param settled null when there was nothing to approve
     */
    static Map<String, Object> of(ConfirmRequest request, ConfirmRecord settled, Run<?, ?> run) {
        Map<String, Object> r = Json.object("what", request.what().name());
        if (request.isOrganization()) {
            BuildStore.of(run)
                    .organization()
                    .ifPresent(h -> r.put("organizationId", h.organization().id()));
        } else {
            r.put("accountId", request.subject());
        }
        r.put("confirmedBy", settled == null ? null : settled.by);
        if (settled != null) {
            r.put("at", settled.at().toString());
            r.put("saw", settled.saw);
            if (request.submitterParameter() != null) {
                r.put(request.submitterParameter(), settled.by);
            }
        }
        return r;
    }

    /** Stores who confirmed with the build and with the node of the step. */
    private static void mark(Run<?, ?> run, FlowNode node, User user, InputSubmittedAction submitted)
            throws IOException {
        if (user != null
                && run.getActions(ApproverAction.class).stream()
                        .noneMatch(a -> a.getUserId().equals(user.getId()))) {
            run.addAction(new ApproverAction(user.getId()));
            run.save();
        }
        if (node != null && node.getAction(InputSubmittedAction.class) == null) {
            node.addAction(submitted);
        }
    }
}
