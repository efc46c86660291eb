package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildRun;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import io.jenkins.plugins.awsrootguard.store.Settlement;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Pauses until a user has completed a manual task or approved the plan, and continues when that is verified. */
public class RootConfirmStep extends AbstractRootGuardStep {

    /** No lower-case letter first, so that an id differs from the actions of the page. */
    private static final Pattern SAFE_ID = Pattern.compile("[A-Z0-9][A-Za-z0-9._~-]{0,99}");

    private final String what;

    /** The pause's part of its URL; null for one made of the task and the account. */
    @DataBoundSetter
    public String id;

    /** Shown above the instructions; null for none. */
    @DataBoundSetter
    public String message;

    /** The label of the button; null for the default. */
    @DataBoundSetter
    public String ok;

    /** Users and groups who may confirm, separated by commas; null for everybody with the permission Job/Build. */
    @DataBoundSetter
    public String submitter;

    /** The name in the step's result under which the user who confirmed is also given; null for none. */
    @DataBoundSetter
    public String submitterParameter;

    /** @param what MFA, PASSWORD, PLAN or ADMIN_MFA */
    @DataBoundConstructor
    public RootConfirmStep(String what) {
        this.what = what == null ? "" : what.trim().toUpperCase(Locale.ROOT);
    }

    @NonNull
    public String getWhat() {
        return what;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return BuildRun.orAbort(() -> {
            PendingTask.What task = task();
            if (pauseId() != null && !SAFE_ID.matcher(pauseId()).matches()) {
                // English, as the other lines of the log.
                throw new InvalidInputException(
                        Messages._RootConfirmStep_unsafeId().toString(Locale.ENGLISH));
            }
            if (Util.fixEmptyAndTrim(submitter) != null
                    && SubmitterRules.names(submitter).isEmpty()) {
                throw new InvalidInputException("submitter '" + submitter.trim()
                        + "' contains no name: enter IDs of users or groups separated by commas, or leave it out");
            }
            return new RootConfirmExecution(context, ConfirmRequest.of(this, task, subject(context, task)));
        });
    }

    private PendingTask.What task() {
        try {
            return PendingTask.What.valueOf(what);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "what '" + Printable.text(what, 40) + "' is not valid. Use MFA, PASSWORD, PLAN or ADMIN_MFA.");
        }
    }

    /** Chosen when the pause begins, so that other steps do not change it meanwhile. */
    private String subject(StepContext context, PendingTask.What task) throws IOException, InterruptedException {
        String subject = BuildStore.forReading(context.get(Run.class))
                .branch(PhaseExecution.branches(context))
                .require("rootConfirm", connection(), organization);
        if (subject.equals(BuildStore.ORGANIZATION) && task != PendingTask.What.PLAN) {
            throw new InvalidInputException("rootConfirm what: '" + task + "' is about one account. Add accountId.");
        }
        return subject;
    }

    /** The given id; null for the default. */
    String pauseId() {
        return capitalized(id);
    }

    private static String capitalized(String given) {
        String id = Util.fixEmptyAndTrim(given);
        return id == null ? null : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        public DescriptorImpl() {
            super("rootConfirm", Messages._RootConfirmStep_displayName());
        }

        @RequirePOST
        public ListBoxModel doFillWhatItems() {
            ListBoxModel list = new ListBoxModel();
            for (PendingTask.What task : PendingTask.What.values()) {
                list.add(Settlement.title(task), task.name());
            }
            return list;
        }

        @RequirePOST
        public FormValidation doCheckId(@QueryParameter String value) {
            String id = capitalized(value);
            return id == null || SAFE_ID.matcher(id).matches()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RootConfirmStep_unsafeId());
        }
    }
}
