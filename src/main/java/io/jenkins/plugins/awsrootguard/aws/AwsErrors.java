package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import io.jenkins.plugins.awsrootguard.facts.Unread;
import io.jenkins.plugins.awsrootguard.facts.Unread.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK's exceptions mean, in one line for a person. */
public final class AwsErrors {

    private static final int LONGEST = 300;
    /** What is longer is cut before it is searched, so that an answer of megabytes costs no time. */
    private static final int SEARCHED = 10_000;

    private static final int LONGEST_CODE = 128;
    private static final Pattern NAMED_CALLER = Pattern.compile("User: (arn:[!-~]{1,300}) is not authorized");
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

    /** AWS's error code; empty when no answer of AWS arrived. */
    public static String code(Throwable e) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            String code = service.awsErrorDetails().errorCode();
            return Printable.text(code, LONGEST_CODE);
        }
        return "";
    }

    public static boolean isDenied(Throwable e) {
        return DENIED.contains(code(e));
    }

    public static boolean isBadCredentials(Throwable e) {
        return BAD_CREDENTIALS.contains(code(e));
    }

    public static boolean isThrottled(Throwable e) {
        return e instanceof AwsServiceException service && service.isThrottlingException();
    }

    /** Whether the thread was asked to stop while it waited for AWS. */
    public static boolean isInterrupted(Throwable e) {
        return e instanceof AbortedException || Thread.currentThread().isInterrupted();
    }

    /**
     * Why a call failed. Waiters and paginators wrap what a call threw, and a fact can take several calls: the cause names the
     * call that failed ({@link FailedAction}).
     *
     * @param action the AWS action to name where the exception comes from no call, for example {@code iam:GetAccountSummary}
     * @param who the principal that called, where AWS does not name it
     */
    public static Unread cause(String action, String who, SdkException e) {
        SdkException thrown = FailedAction.origin(e);
        String called = FailedAction.of(thrown).orElse(action);
        if (isDenied(thrown)) {
            // A session's principal is not the one whose credentials opened it.
            Matcher caller = NAMED_CALLER.matcher(String.valueOf(thrown.getMessage()));
            boolean explicit = detail(thrown).contains("explicit deny");
            return new Unread(
                    explicit ? Kind.EXPLICITLY_DENIED : Kind.DENIED,
                    called,
                    Printable.text(caller.find() ? caller.group(1) : who, 120),
                    null,
                    code(thrown));
        }
        if (isBadCredentials(thrown)) {
            return new Unread(Kind.INVALID_CREDENTIALS, called, badCredentials(thrown));
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

    /** What is wrong with credentials that AWS refused. Never repeats a key. */
    public static String badCredentials(Throwable e) {
        return switch (code(e)) {
            case "SignatureDoesNotMatch", "InvalidSignatureException" ->
                "the secret access key does not belong to the access key id";
            case "ExpiredToken", "ExpiredTokenException" -> "the session token has expired; get new credentials";
            default ->
                "AWS does not know the access key id (it was deleted or deactivated, is mistyped, or belongs to another"
                        + " partition than the region)";
        };
    }

    /** What an exception says, in one line without keys, signatures and tokens. */
    static String detail(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        // A message of AWS can repeat the request it got (with the key id and the signature): none of that may pass.
        String cut = message.substring(0, Math.min(message.length(), SEARCHED))
                .replaceAll("(?i)(AKIA|ASIA)[A-Z0-9]{12,}", "$1…")
                .replaceAll("(?i)(Credential|Signature|[-\\w]{0,40}token)\\s*[:=]\\s*[^,&\\s]+", "$1=…")
                .replaceAll("(?is)(The )?Canonical String.*", "…");
        return Printable.text(cut, LONGEST);
    }
}
