package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * One account, and the way to its root user. Thread-safe. One that was opened closes the {@link AwsAccess} it was opened with;
 * one that is a {@link #member} of an organization shares it and leaves it open.
 *
 * <p>The way is found by asking who the credentials are: root itself, another principal of the account, or a principal of
 * another account, in which case a privileged root session ({@code sts:AssumeRoot}) is opened.
 */
public final class AccountConnection implements AutoCloseable {

    /** AWS's own limit. */
    private static final int LONGEST_ARN = 2048;

    private static final String WHO = "sts:GetCallerIdentity";

    private final AwsAccess access;
    private final boolean shared;
    private final CallerIdentity caller;
    private final String signingKeyId;
    private final String accountId;
    private final AccessMethod route;
    private final MemberSessions sessions;

    private AccountConnection(
            AwsAccess access,
            boolean shared,
            CallerIdentity caller,
            String signingKeyId,
            String accountId,
            String memberRole) {
        this.access = access;
        this.shared = shared;
        this.caller = caller;
        this.signingKeyId = signingKeyId;
        this.accountId = accountId;
        this.sessions = new MemberSessions(access, caller, accountId, memberRole);
        if (!accountId.equals(caller.accountId())) {
            this.route = AccessMethod.ROOT_SESSION;
        } else {
            this.route = caller.isRoot() ? AccessMethod.ROOT_KEY : AccessMethod.PRINCIPAL;
        }
    }

    /**
     * Asks AWS who the credentials are, and finds the way to the account's root user.
     *
     * @param accountId null for the account that the credentials belong to
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when the account id is none
     * @throws AwsAccessException when AWS refuses the credentials or can't be reached
     */
    public static AccountConnection open(AwsAccess access, String accountId) {
        return open(access, accountId, null);
    }

    /** @param source where the credentials are configured, for the error when AWS refuses them; null if it is not known */
    public static AccountConnection open(AwsAccess access, String accountId, String source) {
        String wanted = accountId == null || accountId.isBlank() ? null : AccountId.parse(accountId);
        String key = null;
        try {
            AwsCredentials credentials = access.credentials().resolveCredentials();
            if (credentials == null || credentials.accessKeyId() == null) {
                throw new AwsAccessException(new Unread(Unread.Kind.NO_ACCESS_KEY, null));
            }
            String keyId = credentials.accessKeyId();
            key = "access key " + Printable.keyId(keyId) + (source == null ? "" : " (" + source + ")");
            CallerIdentity caller = identity(access.sts().getCallerIdentity());
            AccountConnection connection = new AccountConnection(
                    access, false, caller, keyId, wanted == null ? caller.accountId() : wanted, null);
            connection.checkSession();
            return connection;
        } catch (AwsServiceException e) {
            Unread cause = AwsErrors.cause(WHO, null, e);
            throw new AwsAccessException(
                    cause.kind() == Unread.Kind.INVALID_CREDENTIALS
                            ? new Unread(cause.kind(), cause.action(), key, null, cause.detail())
                            : cause);
        } catch (SdkClientException e) {
            Unread cause = AwsErrors.cause(WHO, null, e);
            throw new AwsAccessException(
                    cause.kind() == Unread.Kind.NO_ANSWER
                            ? new Unread(
                                    Unread.Kind.NO_CONNECTION,
                                    WHO,
                                    null,
                                    access.region().id(),
                                    cause.detail())
                            : cause);
        }
    }

    private static CallerIdentity identity(GetCallerIdentityResponse who) {
        // It stands in lines of the log as it is.
        boolean plain =
                who.arn() != null && Printable.text(who.arn(), LONGEST_ARN).equals(who.arn());
        if (!plain || !AccountId.isValid(who.account()) || !AccountId.isOf(who.account(), who.arn())) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    WHO,
                    "its account is '" + Printable.text(who.account(), 40) + "' and its ARN '"
                            + Printable.text(who.arn(), 120) + "'"));
        }
        CallerIdentity caller = new CallerIdentity(who.account(), who.arn());
        try {
            caller.partition();
        } catch (IllegalArgumentException e) {
            throw new AwsAccessException(Unread.invalidAnswer(WHO, Printable.text(e.getMessage(), 160)));
        }
        return caller;
    }

    /**
     * Another account of the same organization, by the same credentials and the same clients: nothing is made anew for it but
     * its privileged root session. The caller's own account is itself a member in this sense, and needs no session.
     *
     * @param role the name of a role in it that reads what a privileged root session can't; null for none
     * @throws AwsAccessException when AWS refuses the privileged root session
     */
    public AccountConnection member(String memberId, String role) {
        AccountConnection connection =
                new AccountConnection(access, true, caller, signingKeyId, AccountId.parse(memberId), role);
        connection.checkSession();
        return connection;
    }

    /**
     * The same without a role, and calling nothing yet: the session that a call takes is opened with the first such call, and a
     * refusal is that call's failure.
     */
    public AccountConnection memberUnopened(String memberId) {
        return new AccountConnection(access, true, caller, signingKeyId, AccountId.parse(memberId), null);
    }

    /** A session that can't be opened is known before anything is read, and said with its remedy. */
    private void checkSession() {
        if (route == AccessMethod.ROOT_SESSION) {
            sessions.root(RootTask.AUDIT);
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

    public AccessMethod route() {
        return route;
    }

    /** The access key id that signs the calls; only for comparing, never for printing whole. */
    String signingKeyId() {
        return signingKeyId;
    }

    /** Whether an access key is the one that signs the calls. */
    public boolean signs(String keyId) {
        return signingKeyId.equals(keyId);
    }

    /** The IAM client of the credentials themselves. */
    IamClient own() {
        return access.iam(caller.partition());
    }

    /**
     * Makes a call of {@link #own()} one of root, limited to a task where that takes a privileged root session. For the
     * request's {@code overrideConfiguration}.
     *
     * @throws AwsAccessException when AWS refuses the session
     */
    Consumer<AwsRequestOverrideConfiguration.Builder> as(RootTask task) {
        if (route != AccessMethod.ROOT_SESSION) {
            return request -> {};
        }
        AwsCredentialsProvider root = sessions.root(task).provider();
        return request -> request.credentialsProvider(root);
    }

    /**
     * Makes a call of {@link #own()} one of a principal of the account that is meant: of the caller's own where that is its
     * account, else of the role in it. For the request's {@code overrideConfiguration}.
     *
     * @throws AwsAccessException when there is no role, or AWS refuses it
     */
    Consumer<AwsRequestOverrideConfiguration.Builder> asAccount() {
        if (route != AccessMethod.ROOT_SESSION) {
            return request -> {};
        }
        AwsCredentialsProvider role = sessions.role().provider();
        return request -> request.credentialsProvider(role);
    }

    OrganizationsClient organizations() {
        return access.organizations(caller.partition());
    }

    CloudTrailClient cloudTrail() {
        return access.cloudTrail(caller.partition());
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
            return Fact.unread(cause(action, e), new Source(action, Instant.now()));
        } catch (AwsAccessException e) {
            return Fact.unread(e.unread().in(action), new Source(action, Instant.now()));
        }
    }

    Unread cause(String action, SdkException e) {
        return AwsErrors.cause(action, caller.arn(), e);
    }

    /** The cause of a failed call as a sentence. */
    String explain(String action, SdkException e) {
        return cause(action, e).sentence();
    }

    @Override
    public void close() {
        sessions.forget();
        if (!shared) {
            access.close();
        }
    }
}
