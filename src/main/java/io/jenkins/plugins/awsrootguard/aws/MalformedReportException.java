package io.jenkins.plugins.awsrootguard.aws;

/** A credential report that can't be trusted as a whole. One line that says where and what. */
public class MalformedReportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedReportException(String message) {
        super(message);
    }
}
