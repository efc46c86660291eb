package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CallerIdentity;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The session of a {@link SessionSource}, requested when it is first needed and again before it expires. Thread-safe: one thread
 * requests, and the others use the session that is still valid. Every new session must be of the first one's account and role;
 * otherwise none is used any more. That holds for one connection: a pause connects again after a failed check.
 */
final class SuppliedSession implements AwsCredentialsProvider {

    /** Instances get new credentials at least 5 minutes before the old ones expire. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final String WHO = "sts:GetCallerIdentity";

    private final SessionSource source;
    private final StsClient sts;
    private final ReentrantLock request = new ReentrantLock();

    private volatile AwsSessionCredentials session;
    private volatile Unread changed;
    private String principal;
    private Instant nextRequest = Instant.MIN;
    private Unread failure;

    /** @param sts for calls with the new sessions; its own credentials are not used */
    SuppliedSession(SessionSource source, StsClient sts) {
        this.source = source;
        this.sts = sts;
    }

    /** @throws AwsAccessException when there is no valid session, or the source has changed its account or role */
    @Override
    public AwsCredentials resolveCredentials() {
        check();
        AwsSessionCredentials known = session;
        if (isValid(known, MARGIN)) {
            return known;
        }
        if (!isValid(known, Duration.ZERO)) {
            try {
                request.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AwsAccessException(failed("the run was stopped"));
            }
        } else if (!request.tryLock()) {
            return known;
        }
        try {
            return replaced();
        } finally {
            request.unlock();
        }
    }

    /** @throws AwsAccessException when the source has changed its account or role */
    void check() {
        if (changed != null) {
            throw new AwsAccessException(changed);
        }
    }

    private AwsSessionCredentials replaced() {
        boolean expired = !isValid(session, Duration.ZERO);
        boolean isDue = !Instant.now().isBefore(nextRequest) || expired && failure == null;
        if (isDue && !isValid(session, MARGIN)) {
            try {
                accept(source.request());
                failure = null;
            } catch (AwsAccessException e) {
                failure = e.unread();
            }
            nextRequest = Instant.now().plus(source.pause());
        }
        check();
        if (isValid(session, Duration.ZERO)) {
            return session;
        }
        throw new AwsAccessException(failure == null ? failed("they have expired") : failure);
    }

    private void accept(AwsSessionCredentials found) {
        if (!found.equals(session)) {
            String now = identity(found).principal();
            if (principal != null && !principal.equals(now)) {
                changed = new Unread(Kind.PRINCIPAL_CHANGED, null, principal, source.name(), now);
                check();
            }
            principal = now;
        }
        session = found;
    }

    private CallerIdentity identity(AwsSessionCredentials found) {
        try {
            return AccountConnection.identity(sts.getCallerIdentity(
                    r -> r.overrideConfiguration(o -> o.credentialsProvider(StaticCredentialsProvider.create(found)))));
        } catch (SdkException e) {
            throw new AwsAccessException(AwsErrors.cause(WHO, null, e));
        }
    }

    private static boolean isValid(AwsSessionCredentials session, Duration longer) {
        return session != null
                && Instant.now().plus(longer).isBefore(session.expirationTime().orElse(Instant.MIN));
    }

    private Unread failed(String why) {
        return new Unread(Kind.CREDENTIALS_FAILED, null, null, source.name(), why);
    }

    @Override
    public String toString() {
        return source.name();
    }
}
