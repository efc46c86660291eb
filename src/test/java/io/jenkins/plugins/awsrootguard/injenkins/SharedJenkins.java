package io.jenkins.plugins.awsrootguard.injenkins;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/** The Jenkins of {@link WithSharedJenkins}: started for the first test of a class and stopped after the last one. */
final class SharedJenkins implements ParameterResolver, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private JenkinsRule rule;
    private String lastTest;
    private int clientsBefore;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JenkinsRule.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            if (rule == null) {
                rule = (JenkinsRule) new JenkinsExtension().resolveParameter(parameter, context);
            } else if (context.getTestMethod().isPresent()
                    && !context.getUniqueId().equals(lastTest)) {
                reset(rule.jenkins);
            }
            lastTest = context.getUniqueId();
            return rule;
        } catch (Exception e) {
            throw new ParameterResolutionException("Could not provide Jenkins", e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        clientsBefore = rule == null ? 0 : clients().size();
    }

    /** A web client keeps its pages and a thread until it is closed, which the rule does only when Jenkins stops. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (rule != null) {
            List<WebClient> made = clients().subList(clientsBefore, clients().size());
            made.forEach(WebClient::close);
            made.clear();
        }
    }

    @SuppressWarnings("unchecked")
    private List<WebClient> clients() throws ReflectiveOperationException {
        Field clients = JenkinsRule.class.getDeclaredField("clients");
        clients.setAccessible(true);
        return (List<WebClient>) clients.get(rule);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (rule != null) {
            rule.after();
        }
    }

    private static void reset(Jenkins jenkins) throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
            jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            jenkins.getQueue().clear();
            jenkins.allItems(Job.class).forEach(SharedJenkins::killBuilds);
            for (TopLevelItem item : List.copyOf(jenkins.getItems())) {
                item.delete();
            }
            for (User user : User.getAll()) {
                user.delete();
            }
            SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
            credentials.getDomainCredentialsMap().clear();
            credentials.getDomainCredentialsMap().put(Domain.global(), new CopyOnWriteArrayList<>());
            credentials.save();
            resetSettings(RootGuardGlobalConfiguration.get());
            PasswordDeadlines deadlines = PasswordDeadlines.get();
            for (Deadline deadline : deadlines.all(Instant.now())) {
                deadlines.forget(deadline.accountId());
            }
        }
    }

    private static void killBuilds(Job<?, ?> job) {
        for (Run<?, ?> build : job.getBuilds()) {
            if (build.isBuilding() && build instanceof WorkflowRun pipeline) {
                pipeline.doKill();
            }
        }
    }

    private static void resetSettings(RootGuardGlobalConfiguration settings) {
        settings.setCredentialsId(null);
        settings.setRegion(null);
        settings.setAllowControllerCredentials(false);
        settings.setPolicyIsMinimum(false);
        settings.setPolicy(null);
        settings.setReminderDays(14);
        settings.setPublishChecks(false);
    }
}
