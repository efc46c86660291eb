package io.jenkins.plugins.awsrootguard.facts;

import java.util.Objects;

/**
 * Why a fact could not be read. Its sentence is made here and nowhere else, since findings, exceptions and log lines all need it;
 * code decides by {@link #kind} and {@link #action}, never by the sentence.
 *
 * @param action the API action that failed, or that was not called, in IAM notation
 * @param principal ARN of the principal that made the call; null where none is known
 * @param subject the account id or role ARN that a session was to be opened on; null for other calls
 * @param detail AWS's own answer or a parameter of the kind, one line without secrets; null for none
 */
public record Unread(Kind kind, String action, String principal, String subject, String detail) {

    /** What happened. */
    public enum Kind {
        /** AWS denied the action: no policy allows it. */
        DENIED,
        /** AWS denied the action: a policy denies it, most often a service control policy. */
        EXPLICITLY_DENIED,
        /** AWS refused the credentials; the detail says what is wrong with them. */
        INVALID_CREDENTIALS,
        /** AWS throttled the call until the SDK gave up. */
        THROTTLED,
        /** No answer arrived in time. */
        TIMEOUT,
        /** No answer of AWS arrived. */
        NO_ANSWER,
        /** AWS answered with an error. */
        SERVICE_ERROR,
        /** AWS answered, and the answer lacks a part or contradicts itself. */
        INVALID_ANSWER,
        /** The credential report can't be parsed. */
        MALFORMED_REPORT,
        /** AWS did not finish the credential report within the time of {@link Unread#detail}. */
        REPORT_NOT_READY,
        /** The run was stopped while it waited for the action. */
        INTERRUPTED,
        /** The STS endpoint of the session does not know the action: it is global, or another product's. */
        NO_REGIONAL_ENDPOINT,
        /** The credential report is older than allowed; the detail has both ages. */
        STALE_REPORT,
        /** The call was not made; the detail says why. */
        FAILED,
        /** No source of AWS credentials is configured. */
        NO_CREDENTIALS,
        /** The AWS profile {@link Unread#subject} does not exist, or has no credentials. */
        NO_PROFILE,
        /** The IAM Identity Center sign-in of the AWS profile {@link Unread#subject} has expired, or there was none. */
        SIGN_IN_EXPIRED,
        /** The {@code credential_process} of the AWS profile {@link Unread#subject} failed. */
        PROCESS_FAILED,
        /** The configured source {@link Unread#subject} has no credentials; the detail says why. */
        CREDENTIALS_FAILED,
        /** A root session can't call the action: a member role or credentials of the account can. */
        NEEDS_MEMBER_ROLE,
        /** A root session can't call the action: only credentials of the account can. */
        NEEDS_ACCOUNT_CREDENTIALS,
        /** Only the root user or a root session can call the action. */
        NEEDS_ROOT,
        /** Only a root session can call the action. */
        NEEDS_ROOT_SESSION,
        /** Only the management account or a delegated administrator can call the action. */
        NEEDS_MANAGEMENT_ACCOUNT,
        /** The run was configured not to call the action. */
        NOT_REQUESTED
    }

    public Unread {
        Objects.requireNonNull(kind, "kind");
    }

    public Unread(Kind kind, String action) {
        this(kind, action, null, null, null);
    }

    public static Unread failed(String detail) {
        return new Unread(Kind.FAILED, null, null, null, detail);
    }

    public static Unread invalidAnswer(String action, String detail) {
        return new Unread(Kind.INVALID_ANSWER, action, null, null, detail);
    }

    /** The same cause for a session that was to be opened on an account or a role. */
    public Unread on(String sessionOn) {
        return new Unread(kind, action, principal, sessionOn, detail);
    }

    /** The same cause with the action, where it has none yet. */
    public Unread in(String calledAction) {
        return action == null ? new Unread(kind, calledAction, principal, subject, detail) : this;
    }

    /** Whether this run's access method can't read it by AWS's rules, or the run did not ask for it: not a failure. */
    public boolean isNotChecked() {
        return kind.compareTo(Kind.NEEDS_MEMBER_ROLE) >= 0;
    }

    /** What happened and what to do about it: one or more sentences. */
    public String sentence() {
        return switch (kind) {
            case DENIED -> "AWS denied " + call() + by() + ". " + remedy();
            case EXPLICITLY_DENIED ->
                "AWS denied " + call() + by()
                        + " by an explicit deny. Change that policy; it is usually a service control policy.";
            case INVALID_CREDENTIALS -> "AWS refused the credentials" + in() + ": " + detail + ".";
            case THROTTLED -> "AWS throttled " + call() + ". Try again later.";
            case TIMEOUT -> "AWS did not answer " + call() + " in time. Check the network and the proxy.";
            case NO_ANSWER -> call() + " got no answer from AWS: " + detail + ".";
            case SERVICE_ERROR -> call() + " failed: " + detail + ".";
            case INVALID_ANSWER ->
                (action == null ? "AWS's answer" : "AWS's answer to " + call()) + " can't be used: " + detail + ".";
            case MALFORMED_REPORT -> "The credential report can't be used: " + detail + ".";
            case REPORT_NOT_READY ->
                "AWS did not finish the credential report within " + detail + ". Allow a longer wait.";
            case INTERRUPTED -> "The run was stopped while it waited for " + call() + ".";
            case NO_REGIONAL_ENDPOINT ->
                call()
                        + " needs a regional STS endpoint, and the endpoint used does not know the action. Set a region, for"
                        + " example us-east-1, and remove AWS_ENDPOINT_URL_STS if it names the global endpoint.";
            case STALE_REPORT -> "The credential report is " + detail + ".";
            case FAILED -> detail;
            case NO_CREDENTIALS ->
                "No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
            case NO_PROFILE ->
                "The AWS profile '" + subject
                        + "' has no credentials. Add it to ~/.aws/config or ~/.aws/credentials, or set AWS_PROFILE to"
                        + " another profile.";
            case SIGN_IN_EXPIRED ->
                "The AWS profile '" + subject
                        + "' has no valid IAM Identity Center sign-in. Run: aws sso login --profile " + subject;
            case PROCESS_FAILED ->
                "The credential_process of the AWS profile '" + subject
                        + "' failed. To see its error, run: aws sts get-caller-identity --profile " + subject;
            case CREDENTIALS_FAILED -> "Could not get AWS credentials from " + subject + ": " + detail + ".";
            case NEEDS_MEMBER_ROLE ->
                "A root session can't call " + action + ". Use a member role or credentials of the account.";
            case NEEDS_ACCOUNT_CREDENTIALS ->
                "A root session can't call " + action + ". Use credentials of the account.";
            case NEEDS_ROOT -> "Only the root user or a root session can call " + action + " for root.";
            case NEEDS_ROOT_SESSION -> "Only a root session can call " + action + " for root.";
            case NEEDS_MANAGEMENT_ACCOUNT ->
                "Only the management account or a delegated administrator for IAM can call " + action + ".";
            case NOT_REQUESTED -> "This run does not call " + action + ".";
        };
    }

    private String call() {
        return (action == null ? "the call" : action) + (subject == null ? "" : " on " + subject);
    }

    private String by() {
        return principal == null ? "" : " for " + principal;
    }

    private String in() {
        return action == null ? "" : " in " + call();
    }

    private String remedy() {
        boolean root = principal != null && principal.endsWith(":root");
        if ("sts:AssumeRoot".equals(action)) {
            return root
                    ? "A root user can't open root sessions. Use a role or user of the management account."
                    : "Allow the action in the management account or a delegated administrator for IAM, and enable"
                            + " privileged root actions for the organization (IAM console, Root access management)."
                            + " The management account can't be the target.";
        }
        if ("sts:AssumeRole".equals(action)) {
            return root
                    ? "A root user can't assume roles. Use a role or user of the management account."
                    : "The role must exist, trust this principal, and the principal must be allowed the action.";
        }
        if ("sts:AssumeRoleWithWebIdentity".equals(action)) {
            return "The role must exist, and its trust policy must allow the issuer, audience and subject of the token.";
        }
        return "Add the action to the principal's policy.";
    }
}
