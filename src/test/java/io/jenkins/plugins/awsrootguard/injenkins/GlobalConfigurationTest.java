package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The global configuration: its form, its defaults, who may see what. */
class GlobalConfigurationTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void theDefaultsAreTheSafeOnes() throws Throwable {
        sessions.then(j -> {
            RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
            assertFalse(config.isAllowControllerCredentials());
            assertEquals(90, config.getRotationDays());
            assertEquals(90, config.getRecentUseDays());
            assertEquals(14, config.getReminderDays());
        });
    }

    @Test
    void theFormKeepsEveryFieldAndARestartToo() throws Throwable {
        sessions.then(j -> {
            RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
            config.setRegion("eu-central-1");
            config.setAllowControllerCredentials(true);
            config.setRotationDays(60);
            config.setRecentUseDays(30);
            config.setReminderDays(7);
            HtmlForm form =
                    j.createWebClient().goTo("manage/configureSecurity/").getFormByName("config");
            j.submit(form);
            assertSet();
        });
        sessions.then(j -> assertSet());
    }

    @Test
    void aNumberOutOfRangeIsRefusedAndNothingIsChanged() throws Throwable {
        sessions.then(j -> {
            RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
            InvalidInputException e = assertThrows(InvalidInputException.class, () -> config.setRotationDays(0));
            assertEquals("rotationDays 0 is out of range. Enter a number from 1 to 3650.", e.getMessage());
            assertEquals(90, config.getRotationDays());
            assertEquals(FormValidation.Kind.ERROR, config.doCheckReminderDays("soon", "90").kind);
            assertEquals(FormValidation.Kind.OK, config.doCheckReminderDays("14", "90").kind);
            assertEquals(FormValidation.Kind.WARNING, config.doCheckReminderDays("90", "90").kind);
            assertEquals(FormValidation.Kind.OK, config.doCheckRegion("eu-central-1").kind);
            assertEquals(FormValidation.Kind.OK, config.doCheckRegion("").kind);
            assertEquals(FormValidation.Kind.ERROR, config.doCheckRegion("frankfurt").kind);
        });
    }

    @Test
    void aFormWithANumberOutOfRangeSaysSoAndChangesNothing() throws Throwable {
        sessions.then(j -> {
            RootGuardGlobalConfiguration.get().setReminderDays(7);
            HtmlForm form = j.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .goTo("manage/configureSecurity/")
                    .getFormByName("config");
            form.getInputByName("_.region").setValue("eu-central-1");
            form.getInputByName("_.rotationDays").setValue("0");
            HtmlPage refused = (HtmlPage) HtmlFormUtil.submit(form);
            assertThat(
                    refused.asNormalizedText(), containsString("rotationDays: Enter a whole number from 1 to 3650."));
            assertNull(RootGuardGlobalConfiguration.get().getRegion());
            assertEquals(90, RootGuardGlobalConfiguration.get().getRotationDays());
            assertEquals(7, RootGuardGlobalConfiguration.get().getReminderDays());
        });
    }

    @Test
    void theFormWarnsOfTheControllersCredentials() throws Throwable {
        sessions.then(j -> {
            FormValidation warning = RootGuardGlobalConfiguration.get().doCheckAllowControllerCredentials(true);
            assertEquals(FormValidation.Kind.WARNING, warning.kind);
            assertThat(warning.getMessage(), containsString("Every job of this controller can use the controller"));
        });
    }

    @Test
    void whoIsNoAdministratorSeesNoCredentials() throws Throwable {
        sessions.then(j -> {
            new JenkinsAws().withCredentials().close();
            j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
            j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to("reader"));
            RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
            try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
                assertThat(
                        config.doFillCredentialsIdItems("set").stream()
                                .map(o -> o.value)
                                .toList(),
                        contains("set"));
                assertThrows(AccessDeniedException3.class, () -> config.doCheckRotationDays("1"));
            }
        });
    }

    private static void assertSet() {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        assertEquals("eu-central-1", config.getRegion());
        assertTrue(config.isAllowControllerCredentials());
        assertEquals(60, config.getRotationDays());
        assertEquals(30, config.getRecentUseDays());
        assertEquals(7, config.getReminderDays());
    }
}
