package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;

/** AWS can't be used: credentials, network or a permission is missing. The message is one line, with the remedy, without secrets. */
public class AwsAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unread unread;

    public AwsAccessException(Unread unread) {
        super(unread.sentence());
        this.unread = unread;
    }

    /** Why AWS can't be used; null after deserialization. */
    public Unread unread() {
        return unread;
    }
}
