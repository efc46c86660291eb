package io.jenkins.plugins.awsrootguard.emulator;

/** An error response of AWS: HTTP status, code and message. */
class AwsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    AwsException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static AwsException noSuchEntity(String message) {
        return new AwsException(404, "NoSuchEntity", message);
    }

    static AwsException alreadyExists(String message) {
        return new AwsException(409, "EntityAlreadyExists", message);
    }

    static AwsException limitExceeded(String message) {
        return new AwsException(409, "LimitExceeded", message);
    }

    static AwsException validation(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    /** AWS's validation message for a value out of range. */
    static AwsException constraint(String value, String member, String constraint) {
        return validation("1 validation error detected: Value '" + value + "' at '" + decapitalize(member)
                + "' failed to satisfy constraint: " + constraint);
    }

    static AwsException missing(String member) {
        return validation("1 validation error detected: Value at '" + decapitalize(member)
                + "' failed to satisfy constraint: Member must not be null");
    }

    private static String decapitalize(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
