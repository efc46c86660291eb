package io.jenkins.plugins.awsrootguard.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.config.AccountForm;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.config.NumberRange;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.store.PlanOptions;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The options of all steps: how to reach the account. Options are public fields, as the snippet generator and the form read them;
 * a step is filled once, before it starts.
 */
public abstract class AbstractRootGuardStep extends Step {

    @DataBoundSetter
    public String credentialsId;

    /** Whether to use the AWS credentials of the agent. */
    @DataBoundSetter
    public boolean useNode;

    /** The role to assume with the credentials, or several that are assumed one after another. */
    @DataBoundSetter
    public List<String> roleArn;

    /** The external id for the last role. */
    @DataBoundSetter
    public String externalId;

    /** How long a session of the last role lasts, in seconds; 0 for AWS's default. */
    @DataBoundSetter
    public int sessionDuration;

    @DataBoundSetter
    public String accountId;

    @DataBoundSetter
    public String region;

    /** Whether the step is about all accounts of the organization. */
    @DataBoundSetter
    public boolean organization;

    /** @throws InvalidInputException when the account id or the roles are not valid */
    final ConnectionSpec connection() {
        String roles = roleArn == null ? null : String.join(",", roleArn);
        return new ConnectionSpec(
                credentialsId, null, accountId, region, useNode, RoleChain.parse(roles, externalId, sessionDuration));
    }

    /** The form of a step. */
    public abstract static class AbstractDescriptor extends StepDescriptor
            implements AccountForm, CustomDescribableModel {

        private final String functionName;
        private final Localizable displayName;

        AbstractDescriptor(String functionName, Localizable displayName) {
            this.functionName = functionName;
            this.displayName = displayName;
        }

        @Override
        public String getFunctionName() {
            return functionName;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return displayName.toString();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class, EnvVars.class);
        }

        @Override
        public Object getDefaults() {
            try {
                return clazz.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(clazz + " cannot be created without arguments", e);
            }
        }

        @RequirePOST
        public FormValidation doCheckReportWait(@QueryParameter String value) {
            return new NumberRange(1, 240).check(value);
        }

        /** One role need not be written as a list. */
        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return replaced(arguments, role -> role instanceof CharSequence one ? List.of(one.toString()) : role);
        }

        @NonNull
        @Override
        public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable step) {
            return step.withArguments(replaced(
                    step.getArguments(),
                    roles -> roles instanceof List<?> list && list.size() == 1 ? list.get(0) : roles));
        }

        private static Map<String, Object> replaced(Map<String, ?> arguments, UnaryOperator<Object> roles) {
            Map<String, Object> all = new TreeMap<>(arguments);
            all.computeIfPresent("roleArn", (name, given) -> roles.apply(given));
            return all;
        }

        /** Leaves out blank fields, and splits the fields that hold several entries in one line. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            JSONObject given = AccountForm.withoutBlanks(form);
            for (Field field : clazz.getFields()) {
                if (field.getType() == List.class && given.get(field.getName()) instanceof String text) {
                    given.put(field.getName(), JSONArray.fromObject(PlanOptions.split(text)));
                }
            }
            return super.newInstance(req, given);
        }

        /** The text of a field that holds several entries in one line. */
        public String line(@CheckForNull List<String> entries) {
            return entries == null ? "" : String.join(", ", entries);
        }
    }
}
