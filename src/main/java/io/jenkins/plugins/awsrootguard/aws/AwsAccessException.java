package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;

/** AWS can't be used as things stand: credentials, network or a right is missing. One line, with the remedy, no secret. */
public class AwsAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unread unread;

    /** For what no single call explains. */
    public AwsAccessException(String message) {
        this(Unread.failed(message));
    }

    public AwsAccessException(Unread unread) {
        super(unread.sentence());
        this.unread = unread;
    }

    /** Why AWS can't be used. */
    public Unread unread() {
        return unread == null ? Unread.failed(getMessage()) : unread;
    }
}
