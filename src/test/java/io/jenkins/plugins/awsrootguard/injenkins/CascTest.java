package io.jenkins.plugins.awsrootguard.injenkins;

import static io.jenkins.plugins.casc.misc.Util.getSecurityRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.awsrootguard.config.RootGuardGlobalConfiguration;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import org.junit.jupiter.api.Test;

/** The global configuration as code: read, and written as it would be written by hand. */
@WithJenkinsConfiguredWithCode
class CascTest {

    @Test
    @ConfiguredWithCode("casc.yaml")
    void readsTheConfiguration(JenkinsConfiguredWithCodeRule j) {
        RootGuardGlobalConfiguration config = RootGuardGlobalConfiguration.get();
        assertEquals("aws-security", config.getCredentialsId());
        assertEquals("arn:aws:iam::111122223333:role/RootGuardAudit", config.getRoleArn());
        assertEquals("team-42", config.getExternalId());
        assertEquals("eu-central-1", config.getRegion());
        assertTrue(config.isAllowControllerCredentials());
        assertEquals(60, config.policy().thresholds().rotationDays());
        assertEquals(30, config.policy().thresholds().recentUseDays());
        assertTrue(config.isPolicyIsMinimum());
        assertTrue(config.isPublishChecks());
        assertEquals(7, config.getReminderDays());
    }

    @Test
    @ConfiguredWithCode("casc.yaml")
    void exportsTheConfigurationAsItWasRead(JenkinsConfiguredWithCodeRule j) throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String written = toYamlString(getSecurityRoot(context).get("awsRootGuard"));
        assertEquals(toStringFromYamlFile(this, "casc-expected.yaml"), written);
    }
}
