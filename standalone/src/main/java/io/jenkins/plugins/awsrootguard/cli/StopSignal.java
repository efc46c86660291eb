package io.jenkins.plugins.awsrootguard.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts a thread when the process is stopped (Ctrl-C), and gives it up to a minute to write its files. */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** For the current thread. */
    StopSignal() {
        Thread working = Thread.currentThread();
        hook = new Thread(
                () -> {
                    working.interrupt();
                    try {
                        done.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "root-guard-stop");
        Runtime.getRuntime().addShutdownHook(hook);
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
