package io.jenkins.plugins.awsrootguard.ui;

import io.jenkins.plugins.awsrootguard.controls.Status;
import io.jenkins.plugins.awsrootguard.report.PhaseStrip.Progress;
import io.jenkins.plugins.awsrootguard.report.Times;
import io.jenkins.plugins.awsrootguard.store.OrganizationHeader;
import io.jenkins.plugins.awsrootguard.store.OrganizationSummary;
import java.time.Instant;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How far an organization has come through the four phases. */
@Restricted(NoExternalUse.class)
public final class OrganizationStrip {

    private OrganizationStrip() {}

    /**
     * One phase.
     *
     * @param number 1 to 4
     * @param at when it ended; null when that isn't kept
     * @param detail in a few words
     */
    public record Step(int number, String name, Progress progress, Instant at, String detail) {

        public String icon() {
            return Icons.of(progress);
        }

        public String minutes() {
            return Times.minutes(at);
        }
    }

    public static List<Step> of(OrganizationHeader header, OrganizationSummary summary, boolean building) {
        return List.of(assess(header, summary, building), gaps(summary), secure(summary), validate(header, summary));
    }

    private static Step assess(OrganizationHeader header, OrganizationSummary summary, boolean building) {
        boolean whole = header.endedAt() != null && header.stoppedBecause() == null;
        int read = summary.result().accounts() - summary.result().unread();
        String detail = Messages.OrganizationStrip_read(read, summary.result().accounts());
        Progress progress = whole ? Progress.DONE : building ? Progress.WAITING : Progress.NOT_RUN;
        // A proof is of a reading of its own, so the last reading's end is that of phase 4 then.
        Instant at = summary.validated() > 0 ? null : header.endedAt();
        return new Step(1, Messages.OrganizationStrip_assess(), progress, at, detail);
    }

    private static Step gaps(OrganizationSummary summary) {
        String detail = Messages.OrganizationStrip_gaps(summary.count(Status.FAIL), summary.count(Status.UNKNOWN));
        Progress progress = summary.accounts().isEmpty() ? Progress.NOT_RUN : Progress.DONE;
        return new Step(2, Messages.OrganizationStrip_findGaps(), progress, null, detail);
    }

    private static Step secure(OrganizationSummary summary) {
        boolean begun = summary.made() + summary.failedChanges() > 0;
        boolean open = summary.planned() > 0;
        String made = Messages.OrganizationStrip_made(summary.made(), summary.failedChanges());
        String planned = Messages.OrganizationStrip_planned(summary.planned(), summary.plannedAccounts());
        Progress progress = begun
                ? open || summary.failedChanges() > 0 ? Progress.INCOMPLETE : Progress.DONE
                : open ? Progress.WAITING : Progress.NOT_RUN;
        String detail = !begun ? planned : open ? made + "; " + planned : made;
        return new Step(3, Messages.OrganizationStrip_secure(), progress, null, detail);
    }

    private static Step validate(OrganizationHeader header, OrganizationSummary summary) {
        Progress progress = summary.validated() > 0 ? Progress.DONE : Progress.NOT_RUN;
        String detail = summary.validated() == 0
                ? ""
                : Messages.OrganizationStrip_proven(summary.proven(), summary.validated());
        Instant at = summary.validated() > 0 ? header.endedAt() : null;
        return new Step(4, Messages.OrganizationStrip_validate(), progress, at, detail);
    }
}
