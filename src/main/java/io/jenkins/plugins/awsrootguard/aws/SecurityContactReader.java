package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.account.model.AccessDeniedException;
import software.amazon.awssdk.services.account.model.AlternateContactType;
import software.amazon.awssdk.services.account.model.GetAlternateContactRequest;
import software.amazon.awssdk.services.account.model.ResourceNotFoundException;

/**
 * Reads whether accounts have an alternate contact for security: one call for each account, with credentials of the account or of its
 * member role, else with those of the management account. The contact itself is not kept. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html">AWS: GetAlternateContact</a>
 */
public final class SecurityContactReader {

    public static final String ACTION = "account:GetAlternateContact";

    /** AWS has no error code of its own for it. */
    private static final String NOT_TRUSTED = "trusted access";

    private static final Duration BETWEEN = Duration.ofMillis(125);

    private long next = System.nanoTime();

    /** Why no member can be read with the management account, known since the first one was not; null until then. */
    private volatile Unread refused;

    /** @param required whether to call the management account for a member, too: AWS allows it 10 calls a second */
    public Fact<Boolean> read(AccountConnection connection, boolean required) {
        if (!connection.partition().hasAccountManagement()) {
            return Fact.unread(new Unread(
                    Kind.NOT_IN_PARTITION, ACTION, connection.partition().id()));
        }
        boolean asMember = connection.accessMethod() != AccessMethod.ROOT_SESSION || connection.hasMemberRole();
        if (!asMember && !required) {
            return Fact.unread(new Unread(Kind.FEW_CALLS, ACTION));
        }
        return !asMember && refused != null
                ? Fact.unread(refused)
                : connection.read(ACTION, () -> exists(connection, asMember));
    }

    /** Keeps to AWS's limit, which other principals of the account share: throttled calls could be lost. */
    private void awaitTurn() {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            long turn = Math.max(now, next);
            next = turn + BETWEEN.toNanos();
            wait = turn - now;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsAccessException(new Unread(Kind.INTERRUPTED, ACTION));
        }
    }

    private boolean exists(AccountConnection connection, boolean asMember) {
        GetAlternateContactRequest.Builder request =
                GetAlternateContactRequest.builder().alternateContactType(AlternateContactType.SECURITY);
        if (asMember) {
            request.overrideConfiguration(connection.asAccount());
        } else {
            request.accountId(connection.accountId());
            awaitTurn();
        }
        try {
            Answers.required(
                    "AlternateContact",
                    connection
                            .access()
                            .account(connection.partition())
                            .getAlternateContact(request.build())
                            .alternateContact());
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        } catch (AccessDeniedException e) {
            if (asMember || !AwsErrors.detail(e).contains(NOT_TRUSTED)) {
                throw e;
            }
            refused = new Unread(Kind.NEEDS_TRUSTED_ACCESS, ACTION);
            throw new AwsAccessException(refused);
        }
    }
}
