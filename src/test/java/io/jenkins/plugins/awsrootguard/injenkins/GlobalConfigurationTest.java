package io.jenkins.plugins.awsrootguard.injenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ProxyConfiguration;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.awsrootguard.emulator.AccessKeyPair;
import io.jenkins.plugins.awsrootguard.emulator.EmulatedProxy;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The global configuration: its form, its defaults, who may see what. */
@WithSharedJenkins
class GlobalConfigurationTest {

    private JenkinsRule j;

    @BeforeEach
    void reset(JenkinsRule rule) {
        j = rule;
    }

    @Test
    void hasSafeDefaults() throws Exception {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        assertFalse(config.isAllowControllerCredentials());
        assertEquals(90, config.policy().thresholds().rotationDays());
        assertNull(config.getPolicy());
        assertFalse(config.isPolicyIsMinimum());
        assertEquals(14, config.getReminderDays());
    }

    @Test
    void keepsEveryFieldInTheFormAndInItsFile() throws Exception {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        config.setRegion("eu-central-1");
        config.setAllowControllerCredentials(true);
        config.setPolicy("thresholds: {rotationDays: 60}");
        config.setPolicyIsMinimum(true);
        config.setReminderDays(7);
        HtmlForm form = j.createWebClient().goTo("manage/configureSecurity/").getFormByName("config");
        j.submit(form);
        assertSet(RootGuardGlobalConfiguration.get());
        assertSet(new RootGuardGlobalConfiguration());
    }

    @Test
    void refusesNumberOutOfRange() throws Exception {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        InvalidInputException e =
                assertThrows(InvalidInputException.class, () -> config.setPolicy("thresholds: {rotationDays: 0}"));
        assertThat(e.getMessage(), containsString("global policy line 1, thresholds.rotationDays: "));
        assertThat(e.getMessage(), containsString("0 is out of range. Enter a number from 1 to 3650."));
        assertNull(config.getPolicy());
        assertEquals(FormValidation.Kind.ERROR, config.doCheckPolicy("controls: {root-mfa: {severity: BAD}}").kind);
        assertEquals(FormValidation.Kind.OK, config.doCheckPolicy("preset: cis-7.0.0").kind);
        assertEquals(FormValidation.Kind.ERROR, config.doCheckReminderDays("soon").kind);
        assertEquals(FormValidation.Kind.OK, config.doCheckReminderDays("14").kind);
        assertEquals(FormValidation.Kind.WARNING, config.doCheckReminderDays("90").kind);
        assertEquals(FormValidation.Kind.OK, config.doCheckRegion("eu-central-1").kind);
        assertEquals(FormValidation.Kind.OK, config.doCheckRegion("").kind);
        assertEquals(FormValidation.Kind.ERROR, config.doCheckRegion("frankfurt").kind);
    }

    @Test
    void formWithNumberOutOfRangeChangesNothing() throws Exception {
        RootGuardGlobalConfiguration.get().setReminderDays(7);
        HtmlForm form = j.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo("manage/configureSecurity/")
                .getFormByName("config");
        form.getInputByName("_.region").setValue("eu-central-1");
        form.getTextAreaByName("_.policy").setText("thresholds: {rotationDays: 0}");
        HtmlPage refused = (HtmlPage) HtmlFormUtil.submit(form);
        assertThat(refused.asNormalizedText(), containsString("0 is out of range. Enter a number from 1 to 3650."));
        assertNull(RootGuardGlobalConfiguration.get().getRegion());
        assertNull(RootGuardGlobalConfiguration.get().getPolicy());
        assertEquals(7, RootGuardGlobalConfiguration.get().getReminderDays());
    }

    @Test
    void formWithWrongRegionChangesNothing() throws Exception {
        HtmlForm form = j.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo("manage/configureSecurity/")
                .getFormByName("config");
        form.getInputByName("_.region").setValue("frankfurt");
        form.getInputByName("_.reminderDays").setValue("20");
        HtmlPage refused = (HtmlPage) HtmlFormUtil.submit(form);
        assertThat(refused.asNormalizedText(), containsString("'frankfurt' is not a region."));
        assertEquals(14, RootGuardGlobalConfiguration.get().getReminderDays());
        assertNull(RootGuardGlobalConfiguration.get().getRegion());
    }

    @Test
    void formWarnsOfControllerCredentials() throws Exception {
        FormValidation warning = RootGuardGlobalConfiguration.get().doCheckAllowControllerCredentials(true);
        assertEquals(FormValidation.Kind.WARNING, warning.kind);
        assertThat(warning.getMessage(), containsString("Every job of this controller can use the controller"));
    }

    @Test
    void testConnectionNamesAccountAndPrincipal() throws Exception {
        try (JenkinsAws aws = new JenkinsAws().withCredentials()) {
            RootGuardGlobalConfiguration.get().setCredentialsId("admin");
            HtmlPage page = j.createWebClient().goTo("manage/configureSecurity/");
            HtmlElementUtil.click(page.getFirstByXPath("//button[contains(., 'Test connection')]"));
            page.getWebClient().waitForBackgroundJavaScript(20_000);
            assertThat(
                    page.asNormalizedText(),
                    containsString("Connected to AWS account 123456789012 as arn:aws:iam::123456789012:user/alice"));
        }
    }

    @Test
    void testConnectionSaysWhyItFailed() throws Exception {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        try (JenkinsAws aws = new JenkinsAws()) {
            JenkinsAws.credential("unknown", new AccessKeyPair("AKIAIOSFODNN7EXAMPLE", "no such key"));
            FormValidation refused = config.doTestConnection("unknown", null, null, "", false);
            assertEquals(FormValidation.Kind.ERROR, refused.kind);
            assertThat(refused.getMessage(), containsString("AKIA…MPLE"));
            assertThat(
                    config.doTestConnection("none", null, null, "", false).getMessage(),
                    containsString("Could not find credentials with this ID"));
        }
        FormValidation none = config.doTestConnection("", null, null, "", false);
        assertEquals(FormValidation.Kind.WARNING, none.kind);
        assertThat(none.getMessage(), containsString("Select default credentials"));
    }

    @Test
    void connectsThroughTheProxyOfJenkinsExceptToItsNoProxyHosts() throws Exception {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        ProxyConfiguration before = j.jenkins.getProxy();
        try (JenkinsAws aws = new JenkinsAws().withCredentials();
                EmulatedProxy proxy = new EmulatedProxy(aws.aws, "proxy-user", "proxy-password")) {
            j.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), "proxy-user", "proxy-password"));
            FormValidation connected = config.doTestConnection("admin", null, null, "", false);
            assertEquals(FormValidation.Kind.OK, connected.kind, connected.getMessage());
            assertEquals(1, proxy.passed());

            j.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), "proxy-user", "wrong-password"));
            FormValidation refused = config.doTestConnection("admin", null, null, "", false);
            assertEquals(FormValidation.Kind.ERROR, refused.kind);
            assertThat(refused.getMessage(), not(containsString("wrong-password")));

            j.jenkins.setProxy(new ProxyConfiguration(
                    "127.0.0.1", proxy.port(), "proxy-user", "wrong-password", "*.example.com\n127.0.0.*"));
            assertEquals(FormValidation.Kind.OK, config.doTestConnection("admin", null, null, "", false).kind);
            assertEquals(1, proxy.passed());
        } finally {
            j.jenkins.setProxy(before);
        }
    }

    @Test
    void hidesCredentialsFromUsersWhoAreNotAdministrators() throws Exception {
        new JenkinsAws().withCredentials().close();
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThat(
                    config.doFillCredentialsIdItems("set").stream()
                            .map(o -> o.value)
                            .toList(),
                    contains("set"));
            assertThrows(AccessDeniedException3.class, () -> config.doCheckPolicy("preset: mission"));
        }
    }

    private static void assertSet(RootGuardGlobalConfiguration config) {
        assertEquals("eu-central-1", config.getRegion());
        assertTrue(config.isAllowControllerCredentials());
        assertEquals(60, config.policy().thresholds().rotationDays());
        assertTrue(config.isPolicyIsMinimum());
        assertEquals(7, config.getReminderDays());
    }
}
