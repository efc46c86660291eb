package io.jenkins.plugins.awsrootguard.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsrootguard.aws.AwsAccess;
import io.jenkins.plugins.awsrootguard.aws.Proxy;
import io.jenkins.plugins.awsrootguard.aws.RoleChain;
import io.jenkins.plugins.awsrootguard.aws.SessionSource;
import io.jenkins.plugins.awsrootguard.aws.Timeouts;
import io.jenkins.plugins.awsrootguard.aws.WebIdentityToken;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** How credentials open the access to AWS. */
@FunctionalInterface
interface AwsLogin {

    /**
     * Opens the access; the caller closes it.
     *
     * @param session names the build in CloudTrail, if a role is assumed
     * @param region null for the default
     * @param proxy null for none
     */
    AwsAccess open(
            RoleChain roles, String session, @CheckForNull String region, @CheckForNull Proxy proxy, Timeouts timeouts);

    static AwsLogin with(AwsCredentialsProvider credentials) {
        return (roles, session, region, proxy, timeouts) ->
                AwsAccess.open(credentials, roles, session, region, proxy, timeouts);
    }

    /** @param source of a session that is requested again before it expires */
    static AwsLogin with(SessionSource source) {
        return (roles, session, region, proxy, timeouts) ->
                AwsAccess.open(source, roles, session, region, proxy, timeouts);
    }

    /** @param tokens returns a valid OIDC token each time */
    static AwsLogin withToken(Supplier<WebIdentityToken> tokens) {
        return (roles, session, region, proxy, timeouts) ->
                AwsAccess.open(tokens, roles, session, region, proxy, timeouts);
    }
}
