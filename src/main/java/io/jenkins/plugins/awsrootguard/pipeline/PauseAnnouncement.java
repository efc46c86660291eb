package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildLog;
import org.jenkinsci.plugins.workflow.support.steps.input.POSTHyperlinkNote;

/** Says in the build's log that it is paused, what to do, and where to answer. */
final class PauseAnnouncement {

    private PauseAnnouncement() {}

    static void say(Run<?, ?> run, ConfirmRequest request, PendingTask task, BuildLog log) {
        log.line("Paused: " + task.title());
        for (int i = 0; i < task.steps().size(); i++) {
            log.line("  " + (i + 1) + ". " + task.steps().get(i));
        }
        log.line("Checked: " + task.verifiedBy());
        String page = "/" + run.getUrl() + ConfirmAction.URL + "/";
        String here = page + "#" + request.id();
        // A fact can be checked at once; a statement or an approval needs the form on the page.
        String answer = request.isSeenInAws()
                ? POSTHyperlinkNote.encodeTo(page + request.id() + "/proceed", request.ok())
                : HyperlinkNote.encodeTo(here, request.ok());
        String abort = POSTHyperlinkNote.encodeTo(page + request.id() + "/abort", Messages.PauseAnnouncement_abort());
        log.rawLine(answer + " or " + abort + "; " + HyperlinkNote.encodeTo(here, Messages.PauseAnnouncement_page()));
    }
}
