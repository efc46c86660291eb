package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Unread;

/** AWS can't be used: credentials, network or a permission is missing. The message is one line, with the remedy, without secrets. */
public class AwsAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Unread unread;

    private final transient String refusedKey;

    public AwsAccessException(Unread unread) {
        this(unread, null);
    }

    AwsAccessException(Unread unread, String refusedKey) {
        this.unread = unread;
        this.refusedKey = refusedKey;
    }

    /** Builds the text only when it is needed: an agent has causes and no texts. */
    @Override
    public String getMessage() {
        return unread.sentence();
    }

    /** Why AWS can't be used. */
    public Unread unread() {
        return unread;
    }

    /** The id of the access key that AWS refused, never to be printed in full; null if it refused none, and after deserialization. */
    public String refusedKey() {
        return refusedKey;
    }
}
