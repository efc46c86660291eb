package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Maps exceptions of the SDK to typed causes. */
final class AwsErrors {

    private static final int LONGEST = 300;
    /** A longer message is cut before it is searched, so that a response of megabytes costs no time. */
    private static final int SEARCHED = 10_000;

    private static final Pattern NAMED_CALLER = Pattern.compile("User: (arn:[!-~]{1,300}) is not authorized");
    /** The call that AWS denied, which can be that of a credentials provider. */
    private static final Pattern NAMED_CALL = Pattern.compile(
            "is not authorized to perform: ([\\w-]{1,64}:\\w{1,128})(?: on resource: (arn:[!-~]{1,300}))?");

    private static final Set<String> TOKEN_REFUSED = Set.of("InvalidIdentityToken", "IDPRejectedClaim");
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "InvalidAccessKeyId",
            "MissingAuthenticationToken",
            "IncompleteSignature",
            "AuthFailure");

    private AwsErrors() {}

    /** AWS's error code; empty when no response of AWS arrived. */
    static String code(Throwable e) {
        return e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? Printable.text(service.awsErrorDetails().errorCode(), 128)
                : "";
    }

    static boolean isDenied(Throwable e) {
        return DENIED.contains(code(e));
    }

    /** Whether AWS denied a role because the credentials are of a root user. Its message names no principal. */
    static boolean isRoleDeniedToRoot(Throwable e) {
        return isDenied(e) && String.valueOf(e.getMessage()).contains("may not be assumed by root accounts");
    }

    static boolean isThrottled(Throwable e) {
        return e instanceof AwsServiceException service && service.isThrottlingException();
    }

    /** Whether the thread was interrupted while it waited for AWS. */
    static boolean isInterrupted(Throwable e) {
        return e instanceof AbortedException || Thread.currentThread().isInterrupted();
    }

    /**
     * Why a call failed. Waiters and paginators wrap what a call threw, and a fact can take several calls: the cause names the
     * call that failed.
     *
     * @param action the action to name if no call threw the exception, for example {@code iam:GetAccountSummary}
     * @param caller ARN of the caller, for errors without one; null if unknown
     */
    static Unread cause(String action, String caller, SdkException e) {
        SdkException thrown = origin(e);
        String called = failedAction(thrown).orElse(action);
        if (isDenied(thrown)) {
            // A session's principal is not the one whose credentials opened it.
            String message = String.valueOf(thrown.getMessage());
            Matcher named = NAMED_CALLER.matcher(message);
            String principal = named.find() ? named.group(1) : caller;
            Matcher denied = NAMED_CALL.matcher(message);
            boolean other = named(thrown).isEmpty() && denied.find();
            boolean explicit = detail(thrown).contains("explicit deny");
            return new Unread(
                    explicit ? Kind.EXPLICITLY_DENIED : Kind.DENIED,
                    other ? denied.group(1) : called,
                    principal == null ? null : Printable.text(principal, 120),
                    other && denied.group(2) != null ? Printable.text(denied.group(2), 300) : null,
                    code(thrown));
        }
        if (TOKEN_REFUSED.contains(code(thrown))) {
            String why = ((AwsServiceException) thrown).awsErrorDetails().errorMessage();
            return new Unread(
                    Kind.TOKEN_REFUSED, called, masked(String.valueOf(why)).replaceFirst("\\.$", ""));
        }
        if (BAD_CREDENTIALS.contains(code(thrown))) {
            return new Unread(Kind.INVALID_CREDENTIALS, called, badCredentials(called, code(thrown)));
        }
        if (isThrottled(thrown)) {
            return new Unread(Kind.THROTTLED, called);
        }
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return new Unread(Kind.TIMEOUT, called);
        }
        if (thrown instanceof AwsServiceException service) {
            String detail = "HTTP " + service.statusCode() + " " + code(thrown) + " " + detail(thrown);
            return new Unread(Kind.SERVICE_ERROR, called, detail);
        }
        return new Unread(Kind.NO_ANSWER, called, detail(thrown));
    }

    /** Makes a call that has to succeed: an exception of the SDK becomes one with its typed cause. */
    static <T> T required(AccountConnection connection, String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new AwsAccessException(connection.cause(action, e));
        }
    }

    /** What is wrong with credentials that AWS refused. Never repeats a key. */
    private static String badCredentials(String action, String code) {
        if ("sts:AssumeRoleWithWebIdentity".equals(action)) {
            return "the OIDC token has expired; store a new one, or use credentials that issue one";
        }
        return switch (code) {
            case "SignatureDoesNotMatch", "InvalidSignatureException" ->
                "the secret access key does not belong to the access key id";
            case "ExpiredToken", "ExpiredTokenException" -> "the session token has expired; get new credentials";
            default ->
                "AWS does not know the access key id (it was deleted or deactivated, is mistyped, or belongs to another"
                        + " partition than the region)";
        };
    }

    /** An exception's message, in one line without keys, signatures and tokens. */
    static String detail(Exception e) {
        return masked(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private static String masked(String message) {
        // A message of AWS can repeat the request, with the key id and the signature.
        String cut = message.substring(0, Math.min(message.length(), SEARCHED))
                .replaceAll("(?i)(AKIA|ASIA)[A-Z0-9]{12,}", "$1…")
                .replaceAll("(?i)(Credential|Signature|[-\\w]{0,40}token)\\s*[:=]\\s*[^,&\\s]+", "$1=…")
                .replaceAll("(?is)(The )?Canonical String.*", "…");
        return Printable.text(cut, LONGEST);
    }

    /** Keeps the action of the call that threw an exception with it; the SDK's exceptions have no field for that. */
    static void mark(Throwable thrown, String action) {
        if (named(thrown).isEmpty()) {
            thrown.addSuppressed(new FailedAction(action));
        }
    }

    /** The action of the call that threw the exception; empty when it comes from no call. */
    static Optional<String> failedAction(SdkException thrown) {
        return named(origin(thrown));
    }

    /** The exception of the call itself, where a waiter wrapped it. */
    private static SdkException origin(SdkException thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SdkException sdk && named(e).isPresent()) {
                return sdk;
            }
        }
        return thrown;
    }

    private static Optional<String> named(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(FailedAction.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static final class FailedAction extends Exception {

        private static final long serialVersionUID = 1L;

        FailedAction(String action) {
            super(action, null, false, false);
        }
    }
}
