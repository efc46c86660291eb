package io.jenkins.plugins.awsrootguard.aws;

import java.net.URI;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * The HTTP proxy of the connection to AWS.
 *
 * @param userName null if the proxy requires none
 * @param password null if the proxy requires none
 * @param noProxyHosts regular expressions of hosts that need no proxy
 */
public record Proxy(String host, int port, String userName, String password, List<String> noProxyHosts) {

    public Proxy {
        noProxyHosts = List.copyOf(noProxyHosts);
    }

    ProxyConfiguration toSdk() {
        ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                .endpoint(URI.create("http://" + host + ":" + port))
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .nonProxyHosts(Set.copyOf(noProxyHosts));
        return userName == null || userName.isEmpty()
                ? builder.build()
                : builder.username(userName).password(password).build();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
