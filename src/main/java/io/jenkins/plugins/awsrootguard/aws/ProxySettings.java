package io.jenkins.plugins.awsrootguard.aws;

import java.net.URI;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * The HTTP proxy that AWS is reached through.
 *
 * @param userName null when the proxy asks for none
 * @param password null when the proxy asks for none
 * @param noProxyHosts regular expressions of hosts that are reached directly, one each
 */
public record ProxySettings(String host, int port, String userName, String password, List<String> noProxyHosts) {

    public ProxySettings {
        noProxyHosts = List.copyOf(noProxyHosts);
    }

    ProxyConfiguration toSdk() {
        ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                .endpoint(URI.create("http://" + host + ":" + port))
                // Said here once and for all: else the JVM's own proxy settings would be mixed in.
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .nonProxyHosts(Set.copyOf(noProxyHosts));
        if (userName != null && !userName.isEmpty()) {
            builder.username(userName).password(password);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
