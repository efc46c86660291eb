package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Fact;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * The outcome of a change.
 *
 * @param done whether it is known that the account is now as planned
 * @param requestId AWS's request id; null without a response
 * @param detail one line
 * @param existed whether what was to be created existed before
 */
public record ChangeResult(boolean done, String requestId, String detail, boolean existed) {

    public static ChangeResult failed(String detail) {
        return failed(null, detail);
    }

    static ChangeResult failed(String requestId, String detail) {
        return new ChangeResult(false, requestId, detail, false);
    }

    static ChangeResult done(String requestId, String detail) {
        return new ChangeResult(true, requestId, detail, false);
    }

    /** The same, with the outcome of a change that belongs to it. */
    ChangeResult with(String more) {
        return new ChangeResult(done, requestId, detail + "; " + more, existed);
    }

    /**
     * Makes a change that can be repeated without harm.
     *
     * @param done the detail if AWS makes the change
     * @param isMade reads, after an error, whether AWS made the change; null if that is not read
     */
    static ChangeResult of(
            AccountConnection connection,
            String action,
            Supplier<? extends AwsResponse> call,
            String done,
            Supplier<Fact<Boolean>> isMade) {
        try {
            return done(call.get().responseMetadata().requestId(), done);
        } catch (EntityAlreadyExistsException e) {
            return new ChangeResult(true, e.requestId(), "already exists; unchanged", true);
        } catch (SdkException e) {
            return afterError(connection, action, e, isMade);
        } catch (AwsAccessException e) {
            return failed(e.getMessage());
        }
    }

    /** AWS can have made a change although the call failed: only a live call shows that. */
    static ChangeResult afterError(
            AccountConnection connection, String action, SdkException e, Supplier<Fact<Boolean>> isMade) {
        String reason = connection.cause(action, e).sentence();
        String requestId = requestId(e);
        if (isMade == null || AwsErrors.isDenied(e) || AwsErrors.isInterrupted(e)) {
            return failed(requestId, reason);
        }
        Fact<Boolean> made = isMade.get();
        if (!made.isKnown()) {
            return failed(requestId, reason + " Whether the change was made could not be read.");
        }
        if (!made.get()) {
            return failed(requestId, reason + " A live call shows that the change was not made. Try again.");
        }
        return done(
                requestId,
                e instanceof NoSuchEntityException
                        ? "already deleted; a live call shows it"
                        : "completed: AWS's response was lost, and a live call shows the change");
    }

    static String requestId(SdkException e) {
        return e instanceof AwsServiceException service ? service.requestId() : null;
    }
}
