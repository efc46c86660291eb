package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Pauses until a person did what AWS lets only a person do, and goes on when that was verified. */
public class RootConfirmStep extends AbstractRootGuardStep {

    /** It becomes a part of a URL. The first character is no small letter, which is left to the page's own parts. */
    private static final Pattern SAFE_ID = Pattern.compile("[A-Z0-9][A-Za-z0-9._~-]{0,99}");

    private final String what;
    private String id;
    private String message;
    private String ok;
    private String submitter;
    private String submitterParameter;

    /** @param what MFA, PASSWORD, PLAN or ADMIN_MFA */
    @DataBoundConstructor
    public RootConfirmStep(String what) {
        this.what = what == null ? "" : what.trim().toUpperCase(Locale.ROOT);
    }

    @NonNull
    public String getWhat() {
        return what;
    }

    /** The pause's part of its URL; null for one made of the task and the account. */
    @CheckForNull
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = capitalize(Util.fixEmptyAndTrim(id));
    }

    /** Shown above the instructions; null for nothing. */
    @CheckForNull
    public String getMessage() {
        return message;
    }

    @DataBoundSetter
    public void setMessage(String message) {
        this.message = Util.fixEmptyAndTrim(message);
    }

    /** The text of the button; null for one that says what it does. */
    @CheckForNull
    public String getOk() {
        return ok;
    }

    @DataBoundSetter
    public void setOk(String ok) {
        this.ok = Util.fixEmptyAndTrim(ok);
    }

    /** Users and groups who may confirm, with commas between them; null for everybody with the permission Job/Build. */
    @CheckForNull
    public String getSubmitter() {
        return submitter;
    }

    @DataBoundSetter
    public void setSubmitter(String submitter) {
        this.submitter = Util.fixEmptyAndTrim(submitter);
    }

    /** The name in the step's result under which the user who confirmed is given besides; null for none. */
    @CheckForNull
    public String getSubmitterParameter() {
        return submitterParameter;
    }

    @DataBoundSetter
    public void setSubmitterParameter(String submitterParameter) {
        this.submitterParameter = Util.fixEmptyAndTrim(submitterParameter);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            PendingTask.What task = Confirmations.parse(what);
            if (id != null && !SAFE_ID.matcher(id).matches()) {
                throw new InvalidInputException(Messages.RootConfirmStep_unsafeId());
            }
            if (submitter != null && SubmitterRules.named(submitter).isEmpty()) {
                throw new InvalidInputException(Messages.RootConfirmStep_noSubmitter(submitter));
            }
            return new RootConfirmExecution(
                    context, new ConfirmRequest(this, task, connection(), subject(context, task)));
        } catch (InvalidInputException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** What the pause is about is fixed when it begins, whatever other steps do meanwhile. */
    private String subject(StepContext context, PendingTask.What task) {
        try {
            BuildStore store = context.get(Run.class).getAction(BuildStore.class);
            String subject = store == null ? null : store.subject(connection(), isOrganization());
            if (subject == null || isOrganization() && store.organization().isEmpty()) {
                throw new InvalidInputException("rootConfirm needs rootReport first. This build has not read "
                        + (isOrganization() ? "the organization." : "an account."));
            }
            if (subject.equals(BuildStore.ORGANIZATION) && task != PendingTask.What.PLAN) {
                throw new InvalidInputException(
                        "rootConfirm what: '" + task + "' is about one account. Add accountId.");
            }
            return subject;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Could not read the build's context", e);
        }
    }

    private static String capitalize(String id) {
        return id == null ? null : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }

    @Extension
    public static class DescriptorImpl extends AbstractDescriptor {

        @Override
        public String getFunctionName() {
            return "rootConfirm";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RootConfirmStep_displayName();
        }

        @RequirePOST
        public ListBoxModel doFillWhatItems() {
            ListBoxModel list = new ListBoxModel();
            for (PendingTask.What task : PendingTask.What.values()) {
                list.add(Confirmations.title(task), task.name());
            }
            return list;
        }

        @RequirePOST
        public FormValidation doCheckId(@QueryParameter String value) {
            String id = capitalize(Util.fixEmptyAndTrim(value));
            return id == null || SAFE_ID.matcher(id).matches()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.RootConfirmStep_unsafeId());
        }
    }
}
