package io.jenkins.plugins.awsrootguard.injenkins;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.model.View;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines;
import io.jenkins.plugins.awsrootguard.store.PasswordDeadlines.Deadline;
import io.jenkins.plugins.awsrootguard.store.Watch;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.htmlunit.Cache;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.kohsuke.stapler.MetaClass;

/**
 * The Jenkins of {@link WithSharedJenkins}: one for all such classes that run in a JVM. It is started for the first test. As a listener
 * of JUnit, it stops before a class that starts a Jenkins of its own.
 */
public final class SharedJenkins
        implements ParameterResolver, BeforeEachCallback, AfterEachCallback, TestExecutionListener {

    private static JenkinsRule rule;
    private static boolean alone;
    private static String lastTest;

    private int clientsBefore;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SharedJenkins::stop));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof ClassSource source
                && source.getJavaClass().getEnclosingClass() == null) {
            if (alone || !isShared(source.getJavaClass())) {
                stop();
            }
            if (rule == null) {
                stopLeftOver();
            }
        }
    }

    /** The harness does not stop the Jenkins of its generated tests, nor the threads of its web clients, which wake 100 times a second. */
    private static void stopLeftOver() {
        Jenkins left = Jenkins.getInstanceOrNull();
        if (left != null) {
            left.cleanUp();
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("JS executor for "))
                    .forEach(Thread::interrupt);
        }
    }

    private static boolean isShared(Class<?> test) {
        WithSharedJenkins annotation = test.getAnnotation(WithSharedJenkins.class);
        return annotation != null && !annotation.alone();
    }

    private static void stop() {
        if (rule != null) {
            try {
                rule.after();
            } catch (Exception e) {
                throw new IllegalStateException("Could not stop Jenkins", e);
            } finally {
                rule = null;
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JenkinsRule.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            if (rule == null) {
                Class<?> test = context.getRequiredTestClass();
                alone = !isShared(test);
                rule = new CachingJenkins(test);
                rule.before();
            } else if (!context.getUniqueId().equals(lastTest)) {
                reset(rule.jenkins);
            }
            lastTest = context.getUniqueId();
            return rule;
        } catch (Throwable e) {
            throw new ParameterResolutionException("Could not provide Jenkins", e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        clientsBefore = rule == null ? 0 : clients().size();
    }

    /**
     * A web client keeps its pages and a thread until it is closed, which the rule does only when Jenkins stops. Closing it empties its
     * cache, so it gives back the one that all clients share.
     */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (rule != null) {
            List<WebClient> made = clients().subList(clientsBefore, clients().size());
            made.forEach(client -> {
                client.setCache(new Cache());
                client.close();
            });
            made.clear();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<WebClient> clients() throws ReflectiveOperationException {
        Field clients = JenkinsRule.class.getDeclaredField("clients");
        clients.setAccessible(true);
        return (List<WebClient>) clients.get(rule);
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
            for (View view : List.copyOf(jenkins.getViews())) {
                if (view != jenkins.getPrimaryView()) {
                    jenkins.deleteView(view);
                }
            }
            for (User user : User.getAll()) {
                user.delete();
            }
            SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
            credentials.getDomainCredentialsMap().clear();
            credentials.getDomainCredentialsMap().put(Domain.global(), new CopyOnWriteArrayList<>());
            credentials.save();
            resetSettings(RootGuardGlobalConfiguration.get());
            Watch.get().dismiss(List.of(), List.of());
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

    /** Caches what a real Jenkins and a browser cache: views, and parsed style sheets and scripts. It saves half of the time. */
    private static final class CachingJenkins extends JenkinsRule {

        private final Cache cache = new Cache();

        CachingJenkins(Class<?> test) {
            testDescription = org.junit.runner.Description.createSuiteDescription(test);
            cache.setMaxSize(200);
            MetaClass.NO_CACHE = false;
        }

        @Override
        public void recipe() throws Exception {
            CoreSymbols.install();
            ACL.as2(ACL.SYSTEM2);
            super.recipe();
        }

        @Override
        public WebClient createWebClient() {
            WebClient client = super.createWebClient();
            client.setCache(cache);
            return client;
        }
    }
}
