package io.jenkins.plugins.awsrootguard.injenkins;

import java.io.File;
import java.lang.reflect.Field;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;
import org.kohsuke.stapler.MetaClass;

/**
 * A Jenkins that is started several times with one home directory, on a free port each time. {@code JenkinsSessionExtension} starts it
 * on the first port again, which fails when a connection of another process has received that port meanwhile.
 */
public final class RestartedJenkins implements BeforeEachCallback, AfterEachCallback {

    private final JenkinsSessionFixture fixture = new JenkinsSessionFixture();

    @Override
    public void beforeEach(ExtensionContext test) {
        fixture.setUp(
                test.getRequiredTestClass().getName(),
                test.getRequiredTestMethod().getName(),
                test.getRequiredTestMethod().getAnnotations());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        fixture.tearDown();
    }

    /** The home directory of Jenkins. */
    public File getHome() {
        return fixture.getHome();
    }

    /** Starts Jenkins, runs the step, and shuts Jenkins down. */
    public void then(JenkinsSessionFixture.Step step) throws Throwable {
        Field port = JenkinsSessionFixture.class.getDeclaredField("port");
        port.setAccessible(true);
        port.setInt(fixture, 0);
        fixture.then(rule -> {
            MetaClass.NO_CACHE = false;
            CoreSymbols.install();
            step.run(rule);
        });
    }
}
