package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Printable;
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
    private static final int LONGEST_CODE = 128;
    private static final Pattern NAMED_ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");
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
     * What happened and what to do about it.
     *
     * @param action the AWS action, for example {@code iam:GetAccountSummary}
     * @param who the principal that called, where AWS does not name it
     */
    public static String explain(String action, String who, SdkException e) {
        if (isDenied(e)) {
            Matcher named = NAMED_ACTION.matcher(String.valueOf(e.getMessage()));
            // A read can take several calls; AWS's own message names the one that was denied.
            String denied = named.find() ? named.group(1) : action;
            boolean explicit = detail(e).contains("explicit deny");
            // Root in a session, or a role, is another principal than whose credentials opened it.
            Matcher caller = NAMED_CALLER.matcher(String.valueOf(e.getMessage()));
            return "denied: " + Printable.text(caller.find() ? caller.group(1) : who, 120) + " may not call " + denied
                    + (explicit
                            ? ", by an explicit deny; change that policy, which is most likely a service control policy"
                            : "; allow it to");
        }
        if (isBadCredentials(e)) {
            return action + " was refused: " + badCredentials(e);
        }
        if (isThrottled(e)) {
            return action + " was throttled by AWS for too long; try again later";
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return action + " got no answer from AWS in time; check the network and the proxy";
        }
        if (e instanceof AwsServiceException service) {
            return action + " failed: HTTP " + service.statusCode() + " " + code(e) + " " + detail(e);
        }
        return action + " failed before AWS answered: " + detail(e);
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

    private static String detail(SdkException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        // A message of AWS can repeat the request it got (with the key id and the signature): none of that may pass.
        // It can be of any length: no pattern here may look at a character more than some times.
        String cut = message.replaceAll("(?i)(AKIA|ASIA)[A-Z0-9]{12,}", "$1…")
                .replaceAll("(?i)(Credential|Signature|[-\\w]{0,40}token)\\s*[:=]\\s*[^,&\\s]+", "$1=…")
                .replaceAll("(?is)(The )?Canonical String.*", "…");
        return Printable.text(cut, LONGEST);
    }
}
