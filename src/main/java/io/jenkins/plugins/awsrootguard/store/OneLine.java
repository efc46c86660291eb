package io.jenkins.plugins.awsrootguard.store;

import hudson.AbortException;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.facts.InvalidInputException;
import java.io.IOException;

/** Ends a step with one line where a person can mend what is wrong, and leaves the stack trace to what nobody expects. */
public final class OneLine {

    private OneLine() {}

    /** What may fail. */
    @FunctionalInterface
    public interface Body<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * @throws AbortException with the one line
     * @throws InterruptedException when the build was stopped in the middle of a call to AWS, which isn't AWS's failure
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
