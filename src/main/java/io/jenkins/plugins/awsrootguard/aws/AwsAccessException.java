package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;

/** AWS can't be used: credentials, network or a permission is missing. The message is one line, with the remedy, without secrets. */
public class AwsAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unread unread;

    private final transient String refusedKey;

    public AwsAccessException(Unread unread) {
        this(unread, null);
    }

    AwsAccessException(Unread unread, String refusedKey) {
        super(unread.sentence());
        this.unread = unread;
        this.refusedKey = refusedKey;
    }

    /** Why AWS can't be used; null after deserialization. */
    public Unread unread() {
        return unread;
    }

    /** The id of the access key that AWS refused, never to be printed in full; null if it refused none. */
    public String refusedKey() {
        return refusedKey;
    }
}
