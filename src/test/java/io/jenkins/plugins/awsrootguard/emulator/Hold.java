package io.jenkins.plugins.awsrootguard.emulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call that is stopped on its way, so that a test can do something in just that moment. Its caller gets no answer. */
public final class Hold {

    private static final long PATIENCE_MINUTES = 5;

    private final String action;
    private final boolean carriedOut;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch dropped = new CountDownLatch(1);

    Hold(String action, boolean carriedOut) {
        this.action = action;
        this.carriedOut = carriedOut;
    }

    String action() {
        return action;
    }

    boolean isCarriedOut() {
        return carriedOut;
    }

    /** Waits until the call has come. */
    public void awaitReached() throws InterruptedException {
        if (!reached.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("no call of " + action + " came");
        }
    }

    /** Lets the call go, unanswered. */
    public void drop() {
        dropped.countDown();
    }

    /** On the thread of the call. */
    void hold() {
        reached.countDown();
        try {
            dropped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
