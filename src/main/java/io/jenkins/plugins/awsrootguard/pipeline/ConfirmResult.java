package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;

/** What a settled pause gives to the Pipeline, and leaves with the build as the step {@code input} does. */
final class ConfirmResult {

    private ConfirmResult() {}

    static Map<String, Object> of(ConfirmRequest request, ConfirmRecord record, Run<?, ?> run) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("what", request.what().name());
        about(r, request, run);
        r.put("confirmedBy", record.by());
        r.put("at", record.at().toString());
        r.put("saw", record.saw());
        if (request.submitterParameter() != null) {
            r.put(request.submitterParameter(), record.by());
        }
        return r;
    }

    static Map<String, Object> nothingToApprove(ConfirmRequest request, Run<?, ?> run) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("what", request.what().name());
        about(r, request, run);
        r.put("confirmedBy", null);
        return r;
    }

    private static void about(Map<String, Object> r, ConfirmRequest request, Run<?, ?> run) {
        if (request.isOrganization()) {
            BuildStore.of(run)
                    .organization()
                    .ifPresent(h -> r.put("organizationId", h.organization().id()));
        } else {
            r.put("accountId", request.subject());
        }
    }

    /** Leaves the name of who confirmed with the build and with the step's node; nothing when nobody did. */
    static void mark(Run<?, ?> run, FlowNode node, ConfirmRecord record, Map<String, Object> result)
            throws IOException {
        if (record.by() == null) {
            return;
        }
        User user = User.getById(record.by(), false);
        if (user != null && isNew(run, user)) {
            run.addAction(new ApproverAction(user.getId()));
            run.save();
        }
        if (node != null && node.getAction(InputSubmittedAction.class) == null) {
            node.addAction(new InputSubmittedAction(record.by(), result));
        }
    }

    private static boolean isNew(Run<?, ?> run, User user) {
        return run.getActions(ApproverAction.class).stream()
                .noneMatch(a -> a.getUserId().equals(user.getId()));
    }

    static FlowInterruptedException interruption(ConfirmRecord record) {
        if (record.end() == ConfirmRecord.End.REJECTED) {
            User user = record.by() == null ? null : User.getById(record.by(), false);
            return new FlowInterruptedException(Result.ABORTED, new Rejection(user));
        }
        return new FlowInterruptedException(Result.ABORTED);
    }
}
