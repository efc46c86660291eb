package io.jenkins.plugins.awsrootguard.phase;

import java.util.HashSet;
import java.util.Set;

/**
 * Lets a run be stopped at once without spoiling what is being written: a thread is interrupted only while it reads. Thread-safe.
 */
final class StopGate {

    private final Set<Thread> reading = new HashSet<>();
    private boolean stopped;

    /** Before reading; false when it should not begin. */
    synchronized boolean enter() {
        return !stopped && reading.add(Thread.currentThread());
    }

    /** After reading; false when it was cut off, so that what was read is not to be believed. */
    synchronized boolean leave() {
        reading.remove(Thread.currentThread());
        // The interruption was meant for the reading, which is over.
        Thread.interrupted();
        return !stopped;
    }

    synchronized void stop() {
        stopped = true;
        reading.forEach(Thread::interrupt);
    }

    synchronized boolean isStopped() {
        return stopped;
    }
}
