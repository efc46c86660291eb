package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Set;

/** An IAM OIDC identity provider. AWS requires an {@code https} URL; the emulator accepts {@code http} of a loopback host, too. */
record OidcProvider(String arn, String url, Set<String> clientIds) {

    static OidcProvider of(EmulatedAccount account, String url, String... clientIds) {
        if (!url.matches("https://.+|http://(127\\.0\\.0\\.1|localhost)[:/].*")) {
            throw AwsException.validation("Invalid Open ID Connect Provider URL");
        }
        return new OidcProvider(account.iamArn("oidc-provider/" + hostAndPath(url)), url, Set.of(clientIds));
    }

    /** The prefix of the provider's condition keys. */
    String hostAndPath() {
        return hostAndPath(url);
    }

    private static String hostAndPath(String url) {
        return url.substring(url.indexOf("://") + 3);
    }
}
