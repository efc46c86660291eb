package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Fact.Source;
import io.jenkins.plugins.awsrootguard.facts.Partition;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * One account, and the access method to its root user. Thread-safe. Closing it closes its {@link AwsAccess}.
 * Connections made by {@link #member}, {@link #memberUnopened} and {@link #withMemberRole} share that access: never close them.
 *
 * <p>The access method depends on whose the credentials are: those of root itself, of another principal of the account, or of
 * another account. In the last case a privileged root session ({@code sts:AssumeRoot}) is opened.
 */
public final class AccountConnection implements AutoCloseable {

    /** AWS's own limit. */
    private static final int LONGEST_ARN = 2048;

    private static final String WHO = "sts:GetCallerIdentity";

    private final AwsAccess access;
    private final CallerIdentity caller;
    private final String signingKeyId;
    private final String accountId;
    private final AccessMethod accessMethod;
    private final MemberSessions sessions;

    private AccountConnection(
            AwsAccess access, CallerIdentity caller, String signingKeyId, String accountId, String memberRole) {
        this.access = access;
        this.caller = caller;
        this.signingKeyId = signingKeyId;
        this.accountId = accountId;
        this.sessions = new MemberSessions(access, caller, accountId, memberRole);
        this.accessMethod = !accountId.equals(caller.accountId())
                ? AccessMethod.ROOT_SESSION
                : caller.isRoot() ? AccessMethod.ROOT_KEY : AccessMethod.PRINCIPAL;
    }

    /**
     * Reads whose the credentials are, and opens the account.
     *
     * @param accountId null for the account that the credentials belong to
     * @param source where the credentials are configured, for the error when AWS refuses them; null if it is not known
     * @throws io.jenkins.plugins.awsrootguard.facts.InvalidInputException when the account id is not 12 digits
     * @throws AwsAccessException when AWS refuses the credentials or can't be reached
     */
    public static AccountConnection open(AwsAccess access, String accountId, String source) {
        String given = accountId == null || accountId.isBlank() ? null : AccountId.parse(accountId);
        String id = null;
        String key = null;
        try {
            AwsCredentials credentials = access.credentials().resolveCredentials();
            if (credentials == null || credentials.accessKeyId() == null) {
                throw new AwsAccessException(new Unread(Kind.NO_ACCESS_KEY, null));
            }
            id = credentials.accessKeyId();
            key = "access key " + Printable.keyId(id) + (source == null ? "" : " (" + source + ")");
            CallerIdentity caller = identity(access.sts().getCallerIdentity());
            String account = given == null ? caller.accountId() : given;
            return new AccountConnection(access, caller, id, account, null).checked();
        } catch (SdkException e) {
            Unread cause = AwsErrors.cause(WHO, null, e);
            throw switch (cause.kind()) {
                case INVALID_CREDENTIALS -> new AwsAccessException(cause.with(key), id);
                case NO_ANSWER ->
                    new AwsAccessException(new Unread(
                            Kind.NO_CONNECTION, WHO, null, access.region().id(), cause.detail()));
                default -> new AwsAccessException(cause);
            };
        } catch (AwsAccessException e) {
            // A role could not be assumed.
            throw e.unread().kind() == Kind.INVALID_CREDENTIALS && e.unread().principal() == null
                    ? new AwsAccessException(e.unread().with(source))
                    : e;
        }
    }

    static CallerIdentity identity(GetCallerIdentityResponse who) {
        // Lines of the log have the ARN without further checks.
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
     * Another account of the same organization, with the same credentials and clients; only its privileged root session is
     * opened. The caller's own account is a member too, and needs no session.
     *
     * @param role the name of a role in it that reads what a privileged root session can't; null for none
     * @throws AwsAccessException when AWS refuses the privileged root session
     */
    public AccountConnection member(String memberId, String role) {
        return shared(memberId, role).checked();
    }

    /**
     * This account, with a role in it that reads what a privileged root session can't.
     *
     * @param role its name; null for none
     */
    public AccountConnection withMemberRole(String role) {
        return role == null || accessMethod != AccessMethod.ROOT_SESSION ? this : shared(accountId, role);
    }

    /** A member without a role and without a call: the first call that needs a session opens it, and fails if AWS refuses it. */
    public AccountConnection memberUnopened(String memberId) {
        return shared(memberId, null);
    }

    private AccountConnection shared(String account, String role) {
        return new AccountConnection(access, caller, signingKeyId, AccountId.parse(account), role);
    }

    /** Opens the root session, so that a refusal is reported before anything is read. */
    private AccountConnection checked() {
        if (accessMethod == AccessMethod.ROOT_SESSION) {
            sessions.root(RootTask.AUDIT);
        }
        return this;
    }

    public String accountId() {
        return accountId;
    }

    public Partition partition() {
        return caller.partition();
    }

    boolean hasMemberRole() {
        return sessions.hasRole();
    }

    public CallerIdentity caller() {
        return caller;
    }

    /** @throws AwsAccessException when the credentials became those of another principal */
    public void checkPrincipal() {
        access.checkPrincipal();
    }

    public AccessMethod accessMethod() {
        return accessMethod;
    }

    /** The access key id that signs the calls; only for comparison, never to be printed in full. */
    String signingKeyId() {
        return signingKeyId;
    }

    /** Whether an access key is the one that signs the calls. */
    public boolean signs(String keyId) {
        return signingKeyId.equals(keyId);
    }

    /** The IAM client, with the caller's credentials. */
    IamClient iam() {
        return access.iam(partition());
    }

    OrganizationsClient organizations() {
        return access.organizations(partition());
    }

    /** The access, which has the clients of the other services. */
    AwsAccess access() {
        return access;
    }

    /**
     * Signs a request as root, in a privileged root session for the task if the access method needs one; for the request's
     * {@code overrideConfiguration}.
     *
     * @throws AwsAccessException when AWS refuses the session
     */
    Consumer<AwsRequestOverrideConfiguration.Builder> as(RootTask task) {
        return signedBy(() -> sessions.root(task));
    }

    /**
     * Signs a request as a principal of the account: the caller in the caller's account, else the member role; for the request's
     * {@code overrideConfiguration}.
     *
     * @throws AwsAccessException when there is no role, or AWS refuses it
     */
    Consumer<AwsRequestOverrideConfiguration.Builder> asAccount() {
        return signedBy(sessions::role);
    }

    private Consumer<AwsRequestOverrideConfiguration.Builder> signedBy(Supplier<AwsCredentialsProvider> session) {
        AwsCredentialsProvider provider = accessMethod == AccessMethod.ROOT_SESSION ? session.get() : null;
        return request -> request.credentialsProvider(provider);
    }

    /** Makes a call whose answer is a fact: a failure is an unread fact with its cause. */
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

    @Override
    public void close() {
        access.close();
    }
}
