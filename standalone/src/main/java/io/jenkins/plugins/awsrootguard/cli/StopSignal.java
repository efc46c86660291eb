package io.jenkins.plugins.awsrootguard.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts a thread when the process is stopped (Ctrl-C), and gives it up to a minute to write its files. */
final class StopSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Thread working) {
        hook = new Thread(() -> stop(working), "root-guard-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** For the current thread. */
    static StopSignal forThisThread() {
        return new StopSignal(Thread.currentThread());
    }

    private void stop(Thread working) {
        working.interrupt();
        try {
            done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is stopping.
        }
    }
}
