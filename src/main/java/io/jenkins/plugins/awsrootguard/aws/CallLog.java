package io.jenkins.plugins.awsrootguard.aws;

import io.jenkins.plugins.awsrootguard.facts.CallRecord;
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
 * Tells of each call to AWS that a thread makes, when its outcome is known. The SDK's clients here are synchronous, so a call's
 * thread is that of the phase which makes it. A call that the SDK tries again is told of once, with its last outcome.
 */
public final class CallLog implements ExecutionInterceptor {

    private static final ThreadLocal<Consumer<CallRecord>> TAKER = new ThreadLocal<>();

    CallLog() {}

    /** Ends the telling; nothing else of it can fail. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** From here on until the scope is closed, the current thread's calls are given to the taker, which mustn't throw. */
    public static Scope tell(Consumer<CallRecord> taker) {
        Consumer<CallRecord> before = TAKER.get();
        TAKER.set(taker);
        return () -> {
            if (before == null) {
                TAKER.remove();
            } else {
                TAKER.set(before);
            }
        };
    }

    /** Tells the current thread's taker, where it has one, of calls that another thread made for it. */
    public static void passOn(Iterable<CallRecord> calls) {
        Consumer<CallRecord> taker = TAKER.get();
        if (taker != null) {
            calls.forEach(taker);
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        String id = context.httpResponse()
                .firstMatchingHeader(AnsweredByAws.REQUEST_ID)
                .orElse(null);
        tell(attributes, CallRecord.OK, id);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        FailedAction.mark(context.exception(), attributes);
        if (context.exception() instanceof AwsServiceException answer) {
            String code = answer.awsErrorDetails() == null
                    ? null
                    : answer.awsErrorDetails().errorCode();
            tell(
                    attributes,
                    code == null ? "HTTP_" + answer.statusCode() : Printable.text(code, 80),
                    answer.requestId());
        } else {
            tell(attributes, CallRecord.NO_ANSWER, null);
        }
    }

    /** The action of a call, in IAM notation. */
    static String action(ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        return service.toLowerCase(Locale.ROOT) + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    }

    private static void tell(ExecutionAttributes attributes, String outcome, String requestId) {
        Consumer<CallRecord> taker = TAKER.get();
        if (taker != null) {
            taker.accept(new CallRecord(
                    Instant.now(),
                    action(attributes),
                    outcome,
                    requestId == null ? null : Printable.text(requestId, 80)));
        }
    }
}
