package io.jenkins.plugins.awsrootguard.config;

import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.awsrootguard.aws.ProxySettings;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** The proxy that Jenkins is configured to use. */
final class JenkinsProxy {

    private JenkinsProxy() {}

    /** Null when Jenkins uses none. */
    static ProxySettings settings() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || Util.fixEmptyAndTrim(proxy.getName()) == null) {
            return null;
        }
        return new ProxySettings(
                proxy.getName(),
                proxy.getPort(),
                Util.fixEmptyAndTrim(proxy.getUserName()),
                Util.fixEmpty(Secret.toString(proxy.getSecretPassword())),
                // One pattern at a time: the whole setting is a list of them, which no single host would match.
                proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).toList());
    }
}
