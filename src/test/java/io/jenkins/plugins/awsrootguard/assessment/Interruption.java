package io.jenkins.plugins.awsrootguard.assessment;

/** Interrupts the thread that made it, when so many accounts are completed. */
final class Interruption {

    private final Thread thread = Thread.currentThread();
    private final int accounts;
    private int completed;

    Interruption(int accounts) {
        this.accounts = accounts;
    }

    /** Returns after the thread has noticed the interruption. Other workers wait, so that the run cannot end before. */
    synchronized void completed() {
        completed++;
        if (completed == accounts) {
            thread.interrupt();
            while (thread.isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }
}
