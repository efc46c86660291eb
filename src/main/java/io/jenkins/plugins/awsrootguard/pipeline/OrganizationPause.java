package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.ApprovedChanges;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.OrganizationEntry;
import io.jenkins.plugins.awsrootguard.store.OrganizationPhases;
import io.jenkins.plugins.awsrootguard.store.OrganizationPlan;
import io.jenkins.plugins.awsrootguard.store.OrganizationStore;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What is different in a pause that is about a whole organization: the approval of the plans of its accounts. */
final class OrganizationPause {

    private static final String APPROVED = "approved:";

    private OrganizationPause() {}

    /**
     * The id of the organization that the step means; null when it means an account.
     *
     * @throws AbortException when it can't be about an organization, or the build has read none yet
     */
    static String organization(StepContext context, RootConfirmStep step, PendingTask.What what, ConnectionSpec said)
            throws AbortException {
        try {
            BuildStore action = BuildStore.of(context.get(Run.class));
            if (!OrganizationPhases.isMeant(action, said, step.isOrganization())) {
                return null;
            }
            if (what != PendingTask.What.PLAN) {
                throw new AbortException("rootConfirm what: '" + what + "' is about one account: give accountId");
            }
            return action.organization()
                    .map(OrganizationEntry::organizationId)
                    .orElseThrow(() -> new AbortException("rootConfirm what: 'PLAN' needs rootReport organization: true"
                            + " first: this build has not read the organization yet"));
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        } catch (AbortException e) {
            throw e;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The build's context can't be read", e);
        }
    }

    /** What the pause asks, in the words of the page. */
    static PendingTask task(String organizationId, OrganizationPlan plan) {
        return new PendingTask(
                PendingTask.What.PLAN,
                Messages.OrganizationPause_title(organizationId),
                List.of(
                        Messages.OrganizationPause_counts(
                                plan.changes(), plan.accounts().size(), plan.destructive(), plan.blocked()),
                        Messages.OrganizationPause_read(),
                        Messages.OrganizationPause_approve()),
                null,
                Messages.OrganizationPause_verifiedBy());
    }

    /** Keeps what is approved in a file of its own, and gives what a pause's record holds instead: the file's digest. */
    static Set<String> keep(OrganizationStore store, ApprovedChanges approved) {
        return Set.of(APPROVED + store.approvals().save(approved));
    }

    private static ApprovedChanges approved(OrganizationStore store, ConfirmRecord record) {
        String kept = record.changeIds().iterator().next();
        return store.approvals().get(kept.substring(APPROVED.length()));
    }

    /** What was approved, in a few words. */
    static String saw(BuildStore action, ConfirmRecord record) {
        ApprovedChanges approved = approved(action.organizationStore(), record);
        return Messages.OrganizationPause_approved(
                approved.changes(), approved.accounts().size());
    }

    /** Stores the approval with each account. May be done again after a restart. */
    static void settle(BuildStore action, ConfirmRecord settled) {
        Settlement.plan(action, approved(action.organizationStore(), settled), settled.by(), settled.at());
    }
}
