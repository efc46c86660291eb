package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Opens privileged root sessions on member accounts: each acts as the account's root user, limited to one task.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AWS: AssumeRoot</a>
 */
final class RootSession {

    /** The longest that AWS allows. */
    private static final int SECONDS = 900;

    private RootSession() {}

    /**
     * Opens a session. One that can change something is asked, with its own credentials, whose it is before it is used: what is
     * deleted with it can't be had back. One that only reads is not: it would be a call more for each account of an organization,
     * to the same service that has just named the account.
     *
     * @throws AwsAccessException when AWS refuses the session, which says what has to be enabled or allowed; or when it is one on
     *     another account
     */
    static SessionCredentials open(StsClient sts, CallerIdentity caller, String accountId, RootTask task) {
        String policy = caller.partition().managedPolicyArn(task.policy());
        try {
            SessionCredentials session = SessionCredentials.of(sts.assumeRoot(r -> r.targetPrincipal(accountId)
                            .taskPolicyArn(p -> p.arn(policy))
                            .durationSeconds(SECONDS))
                    .credentials());
            if (task != RootTask.AUDIT) {
                prove(sts, session, accountId);
            }
            return session;
        } catch (SdkException e) {
            Unread cause = "InvalidAction".equals(AwsErrors.code(e))
                    ? new Unread(Unread.Kind.NO_REGIONAL_ENDPOINT, "sts:AssumeRoot")
                    : AwsErrors.cause("sts:AssumeRoot", caller.arn(), e);
            throw new AwsAccessException(cause.on("account " + accountId));
        }
    }

    /** AWS answers this to everybody, whatever the policies say. */
    private static void prove(StsClient sts, SessionCredentials session, String accountId) {
        String action = "sts:GetCallerIdentity";
        String found;
        try {
            found = sts.getCallerIdentity(r -> r.overrideConfiguration(o -> o.credentialsProvider(session.provider())))
                    .account();
        } catch (SdkException e) {
            throw new AwsAccessException(
                    AwsErrors.cause(action, null, e).on("the root session of account " + accountId));
        }
        if (!accountId.equals(found)) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    action,
                    "the root session on account " + accountId + " is on account " + Printable.text(found, 40)));
        }
    }
}
