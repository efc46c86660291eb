package io.jenkins.plugins.awsrootguard.pipeline;

import io.jenkins.plugins.awsrootguard.config.ConnectionSpec;
import io.jenkins.plugins.awsrootguard.remediation.PendingTask;
import java.io.Serializable;

/**
 * What a pause was asked for. Immutable; kept in the paused build's program.
 *
 * @see RootConfirmStep for the meaning of each
 */
final class ConfirmRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final PendingTask.What what;
    private final ConnectionSpec connection;
    private final String message;
    private final String ok;
    private final String submitter;
    private final String submitterParameter;
    private final String organizationId;

    /** @param organizationId null when the pause is about the account of the connection */
    ConfirmRequest(RootConfirmStep step, PendingTask.What what, ConnectionSpec connection, String organizationId) {
        String about = organizationId == null ? connection.accountId() : organizationId;
        this.id = step.getId() == null ? what + "-" + about : step.getId();
        this.organizationId = organizationId;
        this.what = what;
        this.connection = connection;
        this.message = step.getMessage();
        this.ok = step.getOk();
        this.submitter = step.getSubmitter();
        this.submitterParameter = step.getSubmitterParameter();
    }

    String id() {
        return id;
    }

    PendingTask.What what() {
        return what;
    }

    ConnectionSpec connection() {
        return connection;
    }

    /** Null when the pause is about an organization. */
    String accountId() {
        return connection.accountId();
    }

    /** Null when the pause is about one account. */
    String organizationId() {
        return organizationId;
    }

    boolean isOrganization() {
        return organizationId != null;
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

    /** Whether AWS itself shows it, so that looking is worth while. */
    boolean isSeenInAws() {
        return what == PendingTask.What.MFA || what == PendingTask.What.ADMIN_MFA;
    }
}
