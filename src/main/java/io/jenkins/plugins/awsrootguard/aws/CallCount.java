package io.jenkins.plugins.awsrootguard.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Counts the calls that a thread makes to AWS. An account is read by one thread, and the SDK's clients here are synchronous,
 * so the difference of two counts is what an account has cost. A call counts once, however often the SDK tries it.
 */
public final class CallCount implements ExecutionInterceptor {

    private static final ThreadLocal<long[]> CALLS = ThreadLocal.withInitial(() -> new long[1]);

    CallCount() {}

    /** The calls that the current thread has made so far. */
    public static long ofThisThread() {
        return CALLS.get()[0];
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        CALLS.get()[0]++;
    }
}
