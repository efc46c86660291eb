package io.jenkins.plugins.awsrootguard.store;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Does what must not be cut off in the middle on a thread of its own, while the build's thread waits for it. When that is
 * interrupted, the work is told, and ends what it has begun: an interruption of its own thread would spoil the file that is
 * being written, and would be lost in a call to AWS, which takes it for the end of the time that the call may take.
 */
final class Undisturbed {

    private boolean interrupted;

    /** Whether the build was to be stopped meanwhile. The thread's interrupted status is cleared, so that files can be written. */
    boolean isInterrupted() {
        return interrupted;
    }

    /**
     * Returns when the work has ended. Its calls to AWS are told to who listens to the current thread's.
     *
     * @param work is given what tells whether it is to begin nothing more
     */
    <T> T run(Function<BooleanSupplier, T> work) {
        Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
        Authentication who = Jenkins.getAuthentication2();
        FutureTask<T> task = new FutureTask<>(() -> {
            try (ACLContext as = ACL.as2(who);
                    CallLog.Scope ignored = CallLog.tell(calls::add)) {
                return work.apply(this::isToldToStop);
            }
        });
        Thread thread = new Thread(task, "root-guard-changes");
        thread.setDaemon(true);
        thread.start();
        try {
            return await(task);
        } finally {
            CallLog.passOn(calls);
        }
    }

    private <T> T await(FutureTask<T> task) {
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                tellToStop();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }

    private synchronized void tellToStop() {
        interrupted = true;
    }

    private synchronized boolean isToldToStop() {
        return interrupted;
    }
}
