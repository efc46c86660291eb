package io.jenkins.plugins.awsrootguard.assessment;

import java.util.HashSet;
import java.util.Set;

/** Lets a run be stopped without damage to what is being written. Thread-safe. */
final class StopGate {

    private final boolean finishing;
    private final Set<Thread> working = new HashSet<>();
    private boolean stopped;

    /** @param finishing whether work that has begun is completed, because it changes something; else it is interrupted */
    StopGate(boolean finishing) {
        this.finishing = finishing;
    }

    /** Before working; false when it should not begin. */
    synchronized boolean enter() {
        return !stopped && working.add(Thread.currentThread());
    }

    /** After working; false when it was interrupted, so that its result is incomplete. */
    synchronized boolean leave() {
        working.remove(Thread.currentThread());
        // The interruption was for the work, which has ended.
        Thread.interrupted();
        return finishing || !stopped;
    }

    synchronized void stop() {
        stopped = true;
        if (!finishing) {
            cutOff();
        }
    }

    /** Interrupts what has not ended in time. */
    synchronized void cutOff() {
        working.forEach(Thread::interrupt);
    }

    synchronized boolean isStopped() {
        return stopped;
    }
}
