package io.jenkins.plugins.awsrootguard.facts;

/** What the user asked for can't be done as asked. The message is one line: the field, what is wrong with it, the remedy. */
public class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }
}
