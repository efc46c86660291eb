package io.jenkins.plugins.awsrootguard.facts;

import java.util.Objects;

/**
 * Why a fact or an account could not be read. Code decides by {@link #kind} and {@link #action}, never by the sentence.
 *
 * @param action the API action that failed, or that was not called, in IAM notation; null for none
 * @param principal ARN of the principal that made the call; null if it is not known
 * @param subject the account, role, profile or region that the cause is about; null for none
 * @param detail AWS's own answer or a parameter of the kind, one line without secrets; null for none
 */
public record Unread(Kind kind, String action, String principal, String subject, String detail) {

    /**
     * The text of {@link Unread#sentence}, with the names of the cause's values in braces: first the causes of calls, then those of
     * whole accounts, then what this run does not check.
     */
    public enum Kind {
        DENIED("AWS denied {call}{by}. {remedy}{admin}"),
        EXPLICITLY_DENIED(
                "AWS denied {call}{by} by an explicit deny. Change that policy; it is usually a service control"
                        + " policy.{admin}"),
        ROOT_ASSUMES_ROLE(
                "AWS denied {call}: a root user can't assume a role. Remove roleArn (--role-arn on the command line), or"
                        + " use the credentials of a role or an IAM user."),
        /** The detail names the service control policies. */
        DENIED_BY_SCP(
                "AWS denied {call}{by}. Service control policy {detail} denies privileged root sessions: exempt them"
                        + " in the policy (aws:AssumedRoot)."),
        /** The principal is the access key, shortened, and where it is configured. */
        INVALID_CREDENTIALS("AWS refused the credentials{key}{in}: {detail}."),
        /** The subject is the run that deleted the key, the detail when it did. */
        KEY_DELETED(
                "AWS refused the credentials{key}: {subject} deleted this root access key on {detail}. Use credentials of"
                        + " an IAM user or role."),
        TOKEN_REFUSED(
                "AWS refused the OIDC token in {call}: {detail}. Check the URL and audiences of the identity provider, and that"
                        + " AWS can read ISSUER/.well-known/openid-configuration."),
        THROTTLED("AWS throttled {call}. Try again later."),
        TIMEOUT("AWS did not answer {call} in time. Check the network and the proxy."),
        NO_ANSWER("{call} got no answer from AWS: {detail}."),
        /** The first call of a connection got no answer; the subject is the region. */
        NO_CONNECTION(
                "{action} got no answer from AWS: {detail}. Check the credentials, the region ({subject}), the network"
                        + " and the proxy."),
        SERVICE_ERROR("{call} failed: {detail}."),
        /** AWS answered, and the answer lacks a part or contradicts itself. */
        INVALID_ANSWER("AWS's answer{to} can't be used: {detail}."),
        /** AWS's answer lacks one value; the rest can be used. */
        MISSING_VALUE("{action} returned no {detail}."),
        MALFORMED_REPORT("The credential report can't be used: {detail}."),
        REPORT_NOT_READY("AWS did not finish the credential report within {detail}. Allow a longer wait."),
        STALE_REPORT("The credential report is {detail}."),
        NOT_REPORTED("The credential report does not report {detail}."),
        LISTED_NONE(
                "The account summary counts one {detail} of root, but {action} lists none. Run the check again in a few"
                        + " minutes."),
        LISTED_ONE(
                "{action} lists one {detail} of root, but the account summary counts none. Run the check again in a few"
                        + " minutes."),
        KEY_STATUS_UNKNOWN("The account summary counts an access key without its status."),
        /** The detail is the time of the oldest event that was read. */
        NOT_SEARCHED("{action} returns too many events: only those since {detail} were searched."),
        LAST_USE_UNKNOWN("Could not read when {detail} was last used."),
        ADMINISTRATOR_UNKNOWN("{detail}"),
        INTERRUPTED("The run was stopped while it waited for {call}."),
        /** The STS endpoint of the session does not know the action: it is global, or another product's. */
        NO_REGIONAL_ENDPOINT(
                "{call} needs a regional STS endpoint, and the endpoint used does not know the action. Set a region,"
                        + " for example us-east-1, and remove AWS_ENDPOINT_URL_STS if it names the global endpoint."),
        NO_ORGANIZATION("Account {subject} belongs to no organization."),
        MANAGEMENT_ONLY("Only the management account can call {action}."),
        NOT_OWN_ROOT(
                "{action} reports that the credentials are of {detail}, not of the root user of account {subject}."),
        NO_ACCESS_KEY("The credentials have no access key. Enter an access key id and its secret access key."),
        NO_CREDENTIALS(
                "No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
        NO_PROFILE(
                "The AWS profile '{subject}' has no credentials. Add it to ~/.aws/config or ~/.aws/credentials, or set"
                        + " AWS_PROFILE to another profile."),
        SIGN_IN_EXPIRED(
                "The AWS profile '{subject}' has no valid IAM Identity Center sign-in. Run: aws sso login --profile"
                        + " {subject}"),
        PROCESS_FAILED("The credential_process of the AWS profile '{subject}' failed. To see its error, run: aws sts"
                + " get-caller-identity --profile {subject}"),
        /** The subject is the field of the credentials, the detail what is wrong with them. */
        NO_TOKEN("{subject} {detail}"),
        CREDENTIALS_FAILED("Could not get AWS credentials from {subject}: {detail}."),
        /** The principal is that of the first credentials, the detail that of the new ones. */
        PRINCIPAL_CHANGED(
                "The credentials of {subject} changed during the run: they now belong to {detail}{instead}. Nothing more is"
                        + " read or changed with them. Run the build again, and do not change the role while it runs."),

        /** The detail is AWS's state of the account. */
        NOT_IN_USE("The account is {detail} in the organization and cannot be used."),
        NOT_LISTED("The organization {detail} does not list this account. Check the account id."),
        MANAGEMENT_ACCOUNT(
                "No root session can reach the management account. Run with credentials of the management account."),
        CALLER_IS_ROOT("A root user cannot open root sessions. Use a role or user of the management account."),
        SESSIONS_DISABLED(
                "Privileged root actions in member accounts are not enabled for the organization. In the management"
                        + " account, open the IAM console, choose Root access management and then Enable."),
        UNEXPECTED("Unexpected {detail}."),
        STOPPED("The run was stopped before this account was read."),
        NOT_CHANGED("The run was stopped before this account was changed."),
        /** The saved state can't be parsed; the detail is the file. */
        DAMAGED("The file {detail} is damaged. Move it away and run the assessment again."),

        NEEDS_MEMBER_ROLE("A root session can't call {action}. Use a member role or credentials of the account."),
        NEEDS_ACCOUNT_CREDENTIALS("A root session can't call {action}. Use credentials of the account."),
        NEEDS_ROOT("Only the root user or a root session can call {action} for root."),
        NEEDS_ROOT_SESSION("Only a root session can call {action} for root."),
        NEEDS_MANAGEMENT_ACCOUNT("Only the management account or a delegated administrator for IAM can call {action}."),
        /** Not read of each member, because AWS allows few calls. */
        FEW_CALLS(
                "AWS allows the management account 10 calls of {action} a second, so it reads members only if the policy"
                        + " has security-contact: {required: true}. A member role reads its own account."),
        NEEDS_TRUSTED_ACCESS(
                "{action} needs trusted access for AWS Account Management. In the management account, open the AWS"
                        + " Organizations console, choose Services and enable it, or use a member role."),
        NOT_IN_PARTITION("AWS does not document {action} in the partition {detail}."),
        NEEDS_ORGANIZATION_RUN("Only a run over the organization calls {action}."),
        NOT_REQUESTED("This run does not call {action}.");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    public Unread {
        Objects.requireNonNull(kind, "kind");
    }

    public Unread(Kind kind, String action) {
        this(kind, action, null);
    }

    public Unread(Kind kind, String action, String detail) {
        this(kind, action, null, null, detail);
    }

    public static Unread invalidAnswer(String action, String detail) {
        return new Unread(Kind.INVALID_ANSWER, action, detail);
    }

    /** The same cause for a session that was to be opened on an account or a role. */
    public Unread on(String sessionOn) {
        return new Unread(kind, action, principal, sessionOn, detail);
    }

    /** The same cause with these credentials. */
    public Unread with(String credentials) {
        return new Unread(kind, action, credentials, subject, detail);
    }

    /** The same cause with the action, if it has none yet. */
    public Unread in(String calledAction) {
        return action == null ? new Unread(kind, calledAction, principal, subject, detail) : this;
    }

    public boolean isDenied() {
        return kind == Kind.DENIED || kind == Kind.EXPLICITLY_DENIED;
    }

    /** Whether AWS's rules don't let this run's access method read it, or the run is configured not to: not a failure. */
    public boolean isNotChecked() {
        return kind.compareTo(Kind.NEEDS_MEMBER_ROLE) >= 0 && kind.compareTo(Kind.NOT_REQUESTED) <= 0;
    }

    /** Whether it is the cause for the whole account, and not that of a call. */
    public boolean isOfAccount() {
        return kind.compareTo(Kind.NOT_IN_USE) >= 0 && kind.compareTo(Kind.DAMAGED) <= 0;
    }

    /** What happened and what to do about it: one or more sentences. */
    public String sentence() {
        return new UnreadText(this).of(kind.text);
    }
}
