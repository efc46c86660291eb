package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.AccessMethod;
import io.jenkins.plugins.awsrootguard.facts.Fact;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import software.amazon.awssdk.services.account.model.AccessDeniedException;
import software.amazon.awssdk.services.account.model.AlternateContactType;
import software.amazon.awssdk.services.account.model.GetAlternateContactRequest;
import software.amazon.awssdk.services.account.model.ResourceNotFoundException;

/**
 * Reads whether accounts have an alternate contact for security: one call an account, with credentials of the account or of its
 * member role, else with those of the management account. The contact itself is not kept. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html">AWS: GetAlternateContact</a>
 */
public final class SecurityContactReader {

    public static final String ACTION = "account:GetAlternateContact";

    /** AWS has no error code of its own for it. */
    private static final String NOT_TRUSTED = "trusted access";

    /** Why no member can be read with the management account, known since the first one was not; null until then. */
    private volatile Unread refused;

    public Fact<Boolean> read(AccountConnection connection) {
        if (!connection.partition().hasAccountManagement()) {
            return Fact.unread(new Unread(
                    Kind.NOT_IN_PARTITION, ACTION, connection.partition().id()));
        }
        boolean asMember = connection.accessMethod() != AccessMethod.ROOT_SESSION || connection.hasMemberRole();
        return !asMember && refused != null
                ? Fact.unread(refused)
                : connection.read(ACTION, () -> exists(connection, asMember));
    }

    private boolean exists(AccountConnection connection, boolean asMember) {
        GetAlternateContactRequest.Builder request =
                GetAlternateContactRequest.builder().alternateContactType(AlternateContactType.SECURITY);
        if (asMember) {
            request.overrideConfiguration(connection.asAccount());
        } else {
            request.accountId(connection.accountId());
        }
        try {
            Answers.required(
                    "AlternateContact",
                    connection.account().getAlternateContact(request.build()).alternateContact());
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
