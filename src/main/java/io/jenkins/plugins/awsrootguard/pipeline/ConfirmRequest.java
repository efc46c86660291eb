package io.jenkins.plugins.awsrootguard.pipeline;

import hudson.Util;
import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import io.jenkins.plugins.awsrootguard.store.BuildStore;
import java.io.Serializable;
import java.util.UUID;

/**
 * What a pause was given. Immutable; saved in the paused build's program.
 *
 * @see RootConfirmStep for the meaning of each
 */
final class ConfirmRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    /** Tells this pause from an earlier one of the same id. */
    private final String token = UUID.randomUUID().toString();

    private final PendingTask.What what;
    private final ConnectionSpec connection;
    private final String subject;
    private final String message;
    private final String ok;
    private final String submitter;
    private final String submitterParameter;

    /** @param subject the account id, or {@link BuildStore#ORGANIZATION} */
    ConfirmRequest(RootConfirmStep step, PendingTask.What what, ConnectionSpec connection, String subject) {
        this.id = step.pauseId() == null ? what + "-" + subject : step.pauseId();
        this.what = what;
        this.subject = subject;
        this.connection = subject.equals(BuildStore.ORGANIZATION) ? connection : connection.forAccount(subject);
        this.message = Util.fixEmptyAndTrim(step.message);
        this.ok = Util.fixEmptyAndTrim(step.ok);
        this.submitter = Util.fixEmptyAndTrim(step.submitter);
        this.submitterParameter = Util.fixEmptyAndTrim(step.submitterParameter);
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    PendingTask.What what() {
        return what;
    }

    ConnectionSpec connection() {
        return connection;
    }

    String subject() {
        return subject;
    }

    boolean isOrganization() {
        return subject.equals(BuildStore.ORGANIZATION);
    }

    /** Null when none was given. */
    String message() {
        return message;
    }

    /** The button's text. */
    String ok() {
        return ok != null ? ok : Confirmations.button(what);
    }

    /** Null when none was given. */
    String submitter() {
        return submitter;
    }

    /** Null when none was given. */
    String submitterParameter() {
        return submitterParameter;
    }

    /** Whether AWS reports it, so that Jenkins can check automatically. */
    boolean isSeenInAws() {
        return what == PendingTask.What.MFA || what == PendingTask.What.ADMIN_MFA;
    }
}
