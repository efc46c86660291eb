package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.Printable;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts and records the calls that a thread makes to AWS. The SDK's clients here are synchronous, so a call's thread is that of
 * the phase which makes it. A call that the SDK retries is one call, recorded with its last outcome.
 */
public final class CallLog implements ExecutionInterceptor {

    /**
     * A call to AWS, as evidence: its action and its id in CloudTrail ({@code requestID}), without parameters and response.
     *
     * @param action in IAM's notation, for example {@code iam:GetAccountSummary}
     * @param outcome {@code OK}, AWS's error code, or {@code NO_ANSWER}
     * @param requestId AWS's; null without a response
     */
    public record Call(Instant at, String action, String outcome, String requestId) {

        public static final String OK = "OK";
        public static final String NO_ANSWER = "NO_ANSWER";
    }

    private static final ThreadLocal<Consumer<Call>> RECORDER = new ThreadLocal<>();
    private static final ThreadLocal<long[]> CALLS = ThreadLocal.withInitial(() -> new long[1]);

    CallLog() {}

    /** Ends the recording when it is closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** The calls that the current thread has made so far; the difference of two counts is what an account has cost. */
    public static long count() {
        return CALLS.get()[0];
    }

    /** Gives the current thread's calls to the recorder, which mustn't throw, until the scope is closed. */
    public static Scope record(Consumer<Call> recorder) {
        Consumer<Call> before = RECORDER.get();
        RECORDER.set(recorder);
        return () -> {
            if (before == null) {
                RECORDER.remove();
            } else {
                RECORDER.set(before);
            }
        };
    }

    /** Gives calls that another thread made for the current one to its recorder, if it has one. */
    public static void passOn(Iterable<Call> calls) {
        Consumer<Call> recorder = RECORDER.get();
        if (recorder != null) {
            calls.forEach(recorder);
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        CALLS.get()[0]++;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        add(attributes, Call.OK, ResponseCheck.requestId(context.httpResponse()).orElse(null));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        AwsErrors.mark(context.exception(), action(attributes));
        if (context.exception() instanceof AwsServiceException answer) {
            String code = AwsErrors.code(answer);
            add(attributes, code.isEmpty() ? "HTTP_" + answer.statusCode() : code, answer.requestId());
        } else {
            add(attributes, Call.NO_ANSWER, null);
        }
    }

    /** The action of a call, in IAM notation. */
    private static String action(ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        return service.toLowerCase(Locale.ROOT) + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    }

    private static void add(ExecutionAttributes attributes, String outcome, String requestId) {
        Consumer<Call> recorder = RECORDER.get();
        if (recorder != null) {
            String id = requestId == null ? null : Printable.text(requestId, 80);
            recorder.accept(new Call(Instant.now(), action(attributes), Printable.text(outcome, 80), id));
        }
    }
}
