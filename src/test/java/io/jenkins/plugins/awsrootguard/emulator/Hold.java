package io.jenkins.plugins.awsrootguard.emulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A call that is held, so that a test can act at that moment. Its caller gets no response. */
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

    /** Waits for the call. */
    public void awaitReached() throws InterruptedException {
        if (!reached.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError("no call of " + action + " came");
        }
    }

    /** Ends the call without a response. */
    public void drop() {
        dropped.countDown();
    }

    /** Called on the thread of the call. */
    void hold() {
        reached.countDown();
        try {
            dropped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
