package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;

/** Ends a step with one line for errors that a user can correct. Other errors keep their stack trace. */
public final class OneLine {

    private OneLine() {}

    /** What may fail. */
    @FunctionalInterface
    public interface Body<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * @throws AbortException with the one line
     * @throws InterruptedException when the build was stopped in the middle of a call to AWS, which is no failure of AWS
     */
    public static <T> T orAbort(Body<T> body) throws IOException, InterruptedException {
        try {
            return body.run();
        } catch (InvalidInputException | AwsAccessException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new AbortException(e.getMessage());
        }
    }
}
