package io.jenkins.plugins.awsrootguard.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a fact or an account could not be read. Code decides by {@link #kind} and {@link #action}, never by the sentence.
 *
 * @param action the API action that failed, or that was not called, in IAM notation; null for none
 * @param principal ARN of the principal that made the call; null if it is not known
 * @param subject the account, role, profile or region that the cause is about; null for none
 * @param detail AWS's own answer or a parameter of the kind, one line without secrets; null for none
 */
public record Unread(Kind kind, String action, String principal, String subject, String detail)
        implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * The kind of a cause: first the causes of calls, then those of whole accounts, then what this run does not check. {@code
     * causes.yml} has the texts.
     */
    public enum Kind {
        DENIED,
        EXPLICITLY_DENIED,
        ROOT_ASSUMES_ROLE,
        /** The detail names the service control policies. */
        DENIED_BY_SCP,
        /** The principal is the access key, shortened, and where it is configured. */
        INVALID_CREDENTIALS,
        /** The subject is the run that deleted the key, the detail when it did. */
        KEY_DELETED,
        TOKEN_REFUSED,
        THROTTLED,
        TIMEOUT,
        NO_ANSWER,
        /** The first call of a connection got no answer; the subject is the region. */
        NO_CONNECTION,
        SERVICE_ERROR,
        /** AWS answered, and the answer lacks a part or contradicts itself. */
        INVALID_ANSWER,
        /** AWS's answer lacks one value; the rest can be used. */
        MISSING_VALUE,
        MALFORMED_REPORT,
        REPORT_NOT_READY,
        STALE_REPORT,
        NOT_REPORTED,
        LISTED_NONE,
        LISTED_ONE,
        KEY_STATUS_UNKNOWN,
        /** The detail is the time of the oldest event that was read. */
        NOT_SEARCHED,
        LAST_USE_UNKNOWN,
        ADMINISTRATOR_UNKNOWN,
        INTERRUPTED,
        /** The STS endpoint of the session does not know the action: it is global, or another product's. */
        NO_REGIONAL_ENDPOINT,
        NO_ORGANIZATION,
        MANAGEMENT_ONLY,
        NOT_OWN_ROOT,
        NO_ACCESS_KEY,
        NO_CREDENTIALS,
        NO_PROFILE,
        SIGN_IN_EXPIRED,
        PROCESS_FAILED,
        /** The subject is the field of the credentials, the detail what is wrong with them. */
        NO_TOKEN,
        CREDENTIALS_FAILED,
        /** The principal is that of the first credentials, the detail that of the new ones. */
        PRINCIPAL_CHANGED,

        /** The detail is AWS's state of the account. */
        NOT_IN_USE,
        NOT_LISTED,
        MANAGEMENT_ACCOUNT,
        CALLER_IS_ROOT,
        SESSIONS_DISABLED,
        UNEXPECTED,
        STOPPED,
        NOT_CHANGED,
        /** The saved state can't be parsed; the detail is the file. */
        DAMAGED,

        NEEDS_MEMBER_ROLE,
        NEEDS_ACCOUNT_CREDENTIALS,
        NEEDS_ROOT,
        NEEDS_ROOT_SESSION,
        NEEDS_MANAGEMENT_ACCOUNT,
        /** Not read of each member, because AWS allows few calls. */
        FEW_CALLS,
        NEEDS_TRUSTED_ACCESS,
        NOT_IN_PARTITION,
        NEEDS_ORGANIZATION_RUN,
        NOT_REQUESTED
    }

    /** Apart, because an agent makes causes and needs no texts. */
    private static final class Texts {

        private static final JsonNode ALL = Json.yaml(Unread.class, "causes.yml");
        private static final Pattern VALUE = Pattern.compile("\\{([a-z]+)}");

        static String of(Kind kind, UnaryOperator<String> value) {
            return VALUE.matcher(ALL.required(kind.name()).asText())
                    .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
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
        return Texts.of(kind, this::value);
    }

    private String value(String name) {
        String call = (action == null ? "the call" : action) + (subject == null ? "" : " on " + subject);
        return switch (name) {
            case "call" -> call;
            case "in" -> action == null ? "" : " in " + call;
            case "to" -> action == null ? "" : " to " + call;
            case "by" -> principal == null ? "" : " for " + principal;
            case "instead" -> " instead of " + principal;
            case "key" -> principal == null ? "" : " of " + principal;
            case "action" -> String.valueOf(action);
            case "subject" -> String.valueOf(subject);
            case "remedy" -> remedy(String.valueOf(action));
            case "admin" ->
                action != null && action.startsWith("organizations:")
                        ? " Use the management account or a delegated administrator."
                        : "";
            case "detail" -> String.valueOf(detail);
            default -> throw new IllegalArgumentException("causes.yml: {" + name + "}");
        };
    }

    private String remedy(String called) {
        if (principal != null && principal.endsWith(":root") && called.startsWith("sts:")) {
            return "A root user can't "
                    + (called.equals("sts:AssumeRoot") ? "open root sessions" : "assume roles")
                    + ". Use a role or user of the management account.";
        }
        return switch (called) {
            case "sts:AssumeRoot" ->
                "Allow the action in the management account or a delegated administrator for IAM, and enable"
                        + " privileged root actions for the organization (IAM console, Root access management)."
                        + " The management account can't be the target.";
            case "sts:AssumeRole" ->
                "The role must exist, trust this principal, and the principal must be allowed the action.";
            case "sts:AssumeRoleWithWebIdentity" ->
                "The role must exist, and its trust policy must allow the issuer, audience and subject of the token.";
            default -> "Add the action to the principal's policy.";
        };
    }
}
