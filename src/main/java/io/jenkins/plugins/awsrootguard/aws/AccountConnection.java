package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.account.AccountId;
import io.jenkins.plugins.awsrootguard.account.CallerIdentity;
import io.jenkins.plugins.awsrootguard.account.Fact;
import io.jenkins.plugins.awsrootguard.account.Partition;
import io.jenkins.plugins.awsrootguard.account.Printable;
import io.jenkins.plugins.awsrootguard.account.Route;
import io.jenkins.plugins.awsrootguard.account.Source;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * One account, and the way to its root user. Thread-safe. Closes the {@link AwsAccess} it was opened with.
 *
 * <p>The way is found by asking who the credentials are: root itself, another principal of the account, or a principal of
 * another account, in which case a privileged root session ({@code sts:AssumeRoot}) is opened.
 */
public final class AccountConnection implements AutoCloseable {

    private final AwsAccess access;
    private final CallerIdentity caller;
    private final String signingKeyId;
    private final String accountId;
    private final Route route;
    private final StsClient sts;
    private final IamClient own;
    private final CloudTrailClient cloudTrail;
    private final Map<RootTask, RootSession> sessions = new EnumMap<>(RootTask.class);

    private AccountConnection(
            AwsAccess access, StsClient sts, CallerIdentity caller, String signingKeyId, String accountId) {
        this.access = access;
        this.sts = sts;
        this.caller = caller;
        this.signingKeyId = signingKeyId;
        this.accountId = accountId;
        if (!accountId.equals(caller.accountId())) {
            this.route = Route.ROOT_SESSION;
        } else {
            this.route = caller.isRoot() ? Route.ROOT_KEY : Route.PRINCIPAL;
        }
        this.own = access.iam(caller.partition());
        this.cloudTrail = access.cloudTrail(caller.partition());
    }

    /**
     * Asks AWS who the credentials are, and finds the way to the account's root user.
     *
     * @param accountId null for the account that the credentials belong to
     * @throws io.jenkins.plugins.awsrootguard.account.InvalidInputException when the account id is none
     * @throws AwsAccessException when AWS refuses the credentials or can't be reached
     */
    public static AccountConnection open(AwsAccess access, String accountId) {
        String wanted = accountId == null || accountId.isBlank() ? null : AccountId.parse(accountId);
        StsClient sts = access.sts();
        try {
            AwsCredentials credentials = access.credentials().resolveCredentials();
            if (credentials == null || credentials.accessKeyId() == null) {
                throw new AwsAccessException(
                        "the credentials hold no access key: give an access key id and its secret");
            }
            String keyId = credentials.accessKeyId();
            GetCallerIdentityResponse who = sts.getCallerIdentity();
            CallerIdentity caller = new CallerIdentity(AccountId.parse(who.account()), who.arn());
            AccountConnection connection =
                    new AccountConnection(access, sts, caller, keyId, wanted == null ? caller.accountId() : wanted);
            connection.checkSession();
            return connection;
        } catch (AwsServiceException e) {
            sts.close();
            throw new AwsAccessException(
                    AwsErrors.isBadCredentials(e)
                            ? "AWS refused the credentials: " + AwsErrors.badCredentials(e)
                            : AwsErrors.explain("sts:GetCallerIdentity", "the caller", e));
        } catch (SdkClientException e) {
            sts.close();
            throw new AwsAccessException(AwsErrors.explain("sts:GetCallerIdentity", "the caller", e)
                    + "; check the credentials, the region (" + access.region() + "), the network and the proxy");
        } catch (RuntimeException e) {
            sts.close();
            throw e;
        }
    }

    /** A session that can't be opened is known before anything is read, and said with its remedy. */
    private void checkSession() {
        if (route == Route.ROOT_SESSION) {
            iam(RootTask.AUDIT);
        }
    }

    public String accountId() {
        return accountId;
    }

    public Partition partition() {
        return caller.partition();
    }

    public CallerIdentity caller() {
        return caller;
    }

    public Route route() {
        return route;
    }

    /** The access key id that signs the calls; only for comparing, never for printing whole. */
    String signingKeyId() {
        return signingKeyId;
    }

    /** The IAM client of the credentials themselves. */
    IamClient own() {
        return own;
    }

    /** The IAM client that acts as root, limited to a task where it is a privileged root session. */
    IamClient iam(RootTask task) {
        if (route != Route.ROOT_SESSION) {
            return own;
        }
        synchronized (sessions) {
            RootSession session = sessions.get(task);
            if (session == null || session.isEnding()) {
                if (session != null) {
                    session.close();
                }
                session = RootSession.open(access, sts, caller, accountId, task);
                sessions.put(task, session);
            }
            return session.iam();
        }
    }

    CloudTrailClient cloudTrail() {
        return cloudTrail;
    }

    /**
     * Makes a call whose answer is a fact: an answer that does not come is an unknown fact with its reason, not an error.
     *
     * @param action the AWS action in IAM's notation
     */
    <T> Fact<T> read(String action, Supplier<T> call) {
        try {
            return Fact.known(call.get(), new Source(action, Instant.now()));
        } catch (SdkException e) {
            return Fact.unknown(explain(action, e), new Source(action, Instant.now()));
        } catch (AwsAccessException e) {
            return Fact.unknown(e.getMessage(), new Source(action, Instant.now()));
        }
    }

    String explain(String action, SdkException e) {
        return AwsErrors.explain(action, Printable.text(caller.arn(), 120), e);
    }

    @Override
    public void close() {
        synchronized (sessions) {
            sessions.values().forEach(RootSession::close);
            sessions.clear();
        }
        cloudTrail.close();
        own.close();
        sts.close();
        access.close();
    }
}
