package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccountId;
import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The sessions in one member account: privileged root sessions, each limited to a task, and a session of the member role, which
 * reads what a root session can't. Each is opened at its first use, and again before it expires. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AWS: AssumeRoot</a>
 */
public final class MemberSessions {

    /** The role's name, after its path if it has one. */
    private static final Pattern ROLE = Pattern.compile("(?:[\\w+=,.@-]{1,64}/){0,8}[\\w+=,.@-]{1,64}");
    /** AWS's maximum for a root session. */
    private static final int ROOT_SECONDS = 900;

    private static final Duration MARGIN = Duration.ofSeconds(120);
    private static final String WHO = "sts:GetCallerIdentity";

    private final AwsAccess access;
    private final CallerIdentity caller;
    private final String accountId;
    private final String role;
    private final Map<RootTask, Session> root = new EnumMap<>(RootTask.class);
    private Session assumed;
    private AwsAccessException refused;

    private record Session(AwsCredentialsProvider provider, Instant expiration) {

        static Session of(Credentials given) {
            Credentials c = Answers.required("Credentials", given);
            AwsSessionCredentials session =
                    AwsSessionCredentials.create(c.accessKeyId(), c.secretAccessKey(), c.sessionToken());
            return new Session(
                    StaticCredentialsProvider.create(session), Answers.required("Expiration", c.expiration()));
        }

        static boolean isUsable(Session session) {
            return session != null && Instant.now().isBefore(session.expiration.minus(MARGIN));
        }

        @Override
        public String toString() {
            return "session until " + expiration;
        }
    }

    /** @param role the name of the member role; null for none */
    MemberSessions(AwsAccess access, CallerIdentity caller, String accountId, String role) {
        this.access = access;
        this.caller = caller;
        this.accountId = accountId;
        this.role = role;
    }

    /**
     * The name of a member role without surrounding spaces; null for none.
     *
     * @throws InvalidInputException when it can't be a role name
     */
    public static String parseRole(String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String trimmed = name.trim();
        if (!ROLE.matcher(trimmed).matches()) {
            throw new InvalidInputException(
                    "memberRole",
                    "'" + Printable.text(trimmed, 80)
                            + "' is not a role name. Enter the name, with its path if it has one, for example RootGuardAudit.");
        }
        return trimmed;
    }

    boolean hasRole() {
        return role != null;
    }

    /** @throws AwsAccessException when AWS refuses the session, or it is one on another account */
    synchronized AwsCredentialsProvider root(RootTask task) {
        if (!Session.isUsable(root.get(task))) {
            root.put(task, openRoot(task));
        }
        return root.get(task).provider();
    }

    /**
     * The role's credentials. A role that AWS refused is not requested again.
     *
     * @throws AwsAccessException when there is no role, AWS refuses it, or the session is one in another account
     */
    synchronized AwsCredentialsProvider role() {
        if (role == null) {
            throw new AwsAccessException(new Unread(Kind.NEEDS_MEMBER_ROLE, null));
        }
        if (refused != null) {
            throw refused;
        }
        if (!Session.isUsable(assumed)) {
            try {
                assumed = openRole();
            } catch (AwsAccessException e) {
                refused = e;
                throw e;
            }
        }
        return assumed.provider();
    }

    /**
     * Opens a root session. Before one that can change something is used, its account is verified, because a deletion can't be
     * undone. For one that only reads this would be one more call for each account of an organization.
     */
    private Session openRoot(RootTask task) {
        StsClient sts = access.sts();
        String policy = caller.partition().managedPolicyArn(task.policy());
        try {
            Session session = Session.of(sts.assumeRoot(r -> r.targetPrincipal(accountId)
                            .taskPolicyArn(p -> p.arn(policy))
                            .durationSeconds(ROOT_SECONDS))
                    .credentials());
            if (task != RootTask.AUDIT) {
                verify(sts, session);
            }
            return session;
        } catch (SdkException e) {
            Unread cause = "InvalidAction".equals(AwsErrors.code(e))
                    ? new Unread(Kind.NO_REGIONAL_ENDPOINT, "sts:AssumeRoot")
                    : AwsErrors.cause("sts:AssumeRoot", caller.arn(), e);
            throw new AwsAccessException(cause.on("account " + accountId));
        }
    }

    /** AWS allows this call to everybody. */
    private void verify(StsClient sts, Session session) {
        String found;
        try {
            found = sts.getCallerIdentity(r -> r.overrideConfiguration(o -> o.credentialsProvider(session.provider())))
                    .account();
        } catch (SdkException e) {
            throw new AwsAccessException(AwsErrors.cause(WHO, null, e).on("the root session of account " + accountId));
        }
        if (!accountId.equals(found)) {
            throw new AwsAccessException(Unread.invalidAnswer(
                    WHO, "the root session on account " + accountId + " is on account " + Printable.text(found, 40)));
        }
    }

    private Session openRole() {
        String action = "sts:AssumeRole";
        String arn = "arn:" + caller.partition().id() + ":iam::" + accountId + ":role/" + role;
        try {
            AssumeRoleResponse answer =
                    access.sts().assumeRole(r -> r.roleArn(arn).roleSessionName("aws-root-guard"));
            String opened = Answers.required("AssumedRoleUser", answer.assumedRoleUser())
                    .arn();
            if (!AccountId.isOf(accountId, opened)) {
                throw new AwsAccessException(Unread.invalidAnswer(
                        action, "the session for " + arn + " is one of " + Printable.text(opened, 120)));
            }
            return Session.of(answer.credentials());
        } catch (SdkException e) {
            throw new AwsAccessException(
                    AwsErrors.cause(action, caller.arn(), e).on(arn));
        }
    }
}
