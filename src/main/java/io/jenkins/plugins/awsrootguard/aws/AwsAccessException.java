package io.jenkins.plugins.awsrootguard.aws;

/** AWS can't be used as things stand: credentials, network or a right is missing. One line, with the remedy, no secret. */
public class AwsAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AwsAccessException(String message) {
        super(message);
    }
}
