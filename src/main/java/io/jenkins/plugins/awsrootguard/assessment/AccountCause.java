package io.jenkins.plugins.awsrootguard.assessment;

/**
 * Why an account was not read.
 *
 * @param detail a value that belongs to the kind; null when it has none
 */
public record AccountCause(Kind kind, String detail) {

    public enum Kind {
        /** AWS lists the account as out of use; the detail is AWS's state. */
        NOT_IN_USE,
        /** The organization (the detail) does not list the account. */
        NOT_LISTED,
        /** No root session reaches the management account. */
        MANAGEMENT_ACCOUNT,
        /** A root user cannot open root sessions. */
        CALLER_IS_ROOT,
        /** Privileged root actions in member accounts are not enabled for the organization. */
        SESSIONS_DISABLED,
        /** AWS refused every call, or did not answer; the detail is the first answer. */
        REFUSED,
        /** An answer that was not expected; the detail describes it. */
        UNEXPECTED,
        /** The run was stopped first. */
        STOPPED,
        /** The saved state is damaged; the detail names the file. */
        DAMAGED
    }

    static AccountCause of(Kind kind) {
        return new AccountCause(kind, null);
    }

    /** One sentence for people. */
    public String sentence() {
        return switch (kind) {
            case NOT_IN_USE -> "The account is " + detail + " in the organization: nobody can use it.";
            case NOT_LISTED -> "The organization " + detail + " does not list this account. Check the account id.";
            case MANAGEMENT_ACCOUNT ->
                "No root session reaches the management account. Run with credentials of the management account.";
            case CALLER_IS_ROOT ->
                "A root user cannot open root sessions. Use a role or user of the management account.";
            case SESSIONS_DISABLED ->
                "Privileged root actions in member accounts are not enabled for the organization. In the management"
                        + " account, open the IAM console, choose Root access management and then Enable.";
            case REFUSED, UNEXPECTED -> detail;
            case STOPPED -> "The run was stopped before this account was read.";
            case DAMAGED -> "The file " + detail + " is damaged. Move it away and run the assessment again.";
        };
    }
}
