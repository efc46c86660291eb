package io.jenkins.plugins.awsrootguard.assessment;

import java.util.HashSet;
import java.util.Set;

/**
 * Lets a run be stopped without spoiling what is being written: a thread is interrupted only while it reads, and one that
 * changes something is let finish what it has begun. Thread-safe.
 */
final class StopGate {

    private final boolean finishing;
    private final Set<Thread> working = new HashSet<>();
    private boolean stopped;

    private StopGate(boolean finishing) {
        this.finishing = finishing;
    }

    /** For work that can be cut off at any time, and whose half is worth nothing. */
    static StopGate cuttingOff() {
        return new StopGate(false);
    }

    /** For work that asks {@link #isStopped} before each thing it begins, and whose half is to be told. */
    static StopGate finishing() {
        return new StopGate(true);
    }

    /** Before working; false when it should not begin. */
    synchronized boolean enter() {
        return !stopped && working.add(Thread.currentThread());
    }

    /** After working; false when it was cut off, so that what came of it is not to be believed. */
    synchronized boolean leave() {
        working.remove(Thread.currentThread());
        // The interruption was meant for the work, which is over.
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
