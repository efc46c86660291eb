package io.jenkins.plugins.awsrootguard.facts;

/** An input that cannot be used. The message is one line: what is wrong, and what to enter instead. */
public class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidInputException(String message) {
        this("", message);
    }

    /**
     * @param field the name of the input, for example {@code accountId}: each front end may show its own
     * @param problem continues the name, for example "'12' is not an AWS account id."
     */
    public InvalidInputException(String field, String problem) {
        super(problem);
        this.field = field;
    }

    @Override
    public String getMessage() {
        return field.isEmpty() ? problem() : field + " " + problem();
    }

    /** Empty when the message is about no single input. */
    public String field() {
        return field;
    }

    /** The message without the name of the input. */
    public String problem() {
        return super.getMessage();
    }
}
