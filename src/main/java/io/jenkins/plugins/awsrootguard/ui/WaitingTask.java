package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.report.PlannedRow;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.ConfirmationNote;
import io.jenkins.plugins.awsrootguard.store.ConsoleLink;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A task that waits for a person, as the page shows it.
 *
 * @param note what came of the last try to confirm it; null when nobody tried
 * @param checking whether AWS is being asked right now
 * @param pauseUrl of the Pipeline's pause for it, relative to the build; null when the build doesn't pause for it
 * @param takenHere whether the page may take the answer; else the build asks for it itself
 * @param plan the changes to be approved; empty unless this is the approval of a plan
 */
@Restricted(NoExternalUse.class)
public record WaitingTask(
        PendingTask task,
        ConfirmationNote note,
        boolean checking,
        String pauseUrl,
        boolean takenHere,
        List<PlannedRow> plan) {

    public String consoleUrl() {
        return ConsoleLink.of(task);
    }

    /** What the button says: a fact that AWS can tell is checked, anything else is a statement. */
    public String buttonText() {
        return switch (task.what()) {
            case MFA, ADMIN_MFA -> Messages.WaitingTask_check();
            case PASSWORD -> Messages.WaitingTask_state();
            case PLAN -> Messages.WaitingTask_approve();
        };
    }

    /** What the button does; said beside it. */
    public String buttonHelp() {
        return switch (task.what()) {
            case MFA, ADMIN_MFA -> Messages.WaitingTask_checkHelp();
            case PASSWORD -> Messages.WaitingTask_stateHelp();
            case PLAN -> Messages.WaitingTask_approveHelp();
        };
    }

    /** For example {@code 10:42:07 UTC, asked by alice: AWS says that ...}. Null when nobody tried. */
    public String lastLook() {
        if (note == null) {
            return null;
        }
        String when = Times.clock(note.at());
        return switch (note.outcome()) {
            case NOT_SO -> Messages.WaitingTask_notSo(when, note.by(), note.saw());
            case NOT_READ -> Messages.WaitingTask_notRead(when, note.by(), note.saw());
            case CONFIRMED -> Messages.WaitingTask_confirmed(when, note.by(), note.saw());
        };
    }
}
