package io.jenkins.plugins.awsrootguard.aws;

/**
 * How a change ended.
 *
 * @param done whether it is known that the account is now as wanted
 * @param requestId AWS's request id; null when there is none
 * @param detail one line
 */
public record ChangeResult(boolean done, String requestId, String detail) {

    static ChangeResult done(String requestId, String detail) {
        return new ChangeResult(true, requestId, detail);
    }

    static ChangeResult failed(String requestId, String detail) {
        return new ChangeResult(false, requestId, detail);
    }
}
