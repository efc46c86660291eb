package io.jenkins.plugins.awsrootguard.aws;

import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;

/** Names the action of the call that threw an exception of the SDK, which has no field for it: kept as a suppressed exception. */
final class FailedAction extends Exception {

    private static final long serialVersionUID = 1L;

    private FailedAction(String action) {
        super(action, null, false, false);
    }

    static void mark(Throwable thrown, ExecutionAttributes attributes) {
        if (named(thrown).isEmpty()) {
            thrown.addSuppressed(new FailedAction(CallLog.action(attributes)));
        }
    }

    /** The exception of the call itself, where a waiter wrapped it; else the exception as it is. */
    static SdkException origin(SdkException thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SdkException sdk && named(e).isPresent()) {
                return sdk;
            }
        }
        return thrown;
    }

    /** The action in IAM notation; empty when no call threw the exception. */
    static Optional<String> of(SdkException thrown) {
        return named(origin(thrown));
    }

    private static Optional<String> named(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(FailedAction.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }
}
