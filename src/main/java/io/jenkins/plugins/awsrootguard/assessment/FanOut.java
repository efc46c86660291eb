package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.aws.CallLog.Call;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Works on accounts on a bounded number of threads while they are still being listed. One run each.
 *
 * @param <T> what is listed for an account
 * @param <R> the result of an account
 */
final class FanOut<T, R extends FanOut.Outcome> {

    private static final long PATIENCE_SECONDS = 60;

    private static final long MOST_WAIT_MILLIS = 1000;

    /** The result of one account. */
    interface Outcome {

        /** Whether a part of the result is missing. */
        boolean isMissing();
    }

    /** What is done for each account; on many threads at once. An exception stops the whole run. */
    interface Work<T, R> {

        /** Null when AWS is not ready yet: it is called again, after the accounts that were found meanwhile. */
        R on(T account);

        /** The result of an account that was not begun, or was cut off, when the run was stopped. */
        R stopped(T account);
    }

    /** Lets a run be stopped without damage to what is being written. Thread-safe. */
    static final class StopGate {

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

    private final Work<T, R> work;
    private final Consumer<R> sink;
    private final Consumer<String> log;
    private final Progress progress;
    private final StopGate gate;
    private final BooleanSupplier stopRequested;
    private final ExecutorService workers;
    private final ExecutorService lister = Executors.newSingleThreadExecutor(task -> daemon(task, "root-guard-lister"));
    /** One permit or more when something has changed that may end the wait. */
    private final Semaphore changed = new Semaphore(0);

    private final Set<T> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final Queue<Call> listingCalls = new ConcurrentLinkedQueue<>();
    private final AtomicReference<StopCause> stopped = new AtomicReference<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    /**
     * @param sink gets each result, on many threads at once
     * @param gate reports to the work that the run is stopped
     * @param stopRequested whether the run is to be stopped, besides by interrupting its thread; called every second
     */
    FanOut(
            int parallelism,
            Work<T, R> work,
            Consumer<R> sink,
            Consumer<String> log,
            Progress progress,
            StopGate gate,
            BooleanSupplier stopRequested) {
        this.work = work;
        this.sink = sink;
        this.log = log;
        this.progress = progress;
        this.gate = gate;
        this.stopRequested = stopRequested;
        this.workers = Executors.newFixedThreadPool(parallelism, task -> daemon(task, "root-guard-worker"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns when the sink has the result of every account. The calls of the listing are recorded in the {@link CallLog} of the
     * current thread.
     */
    void run(Consumer<Consumer<T>> listing) {
        try {
            lister.execute(() -> list(listing));
            await();
        } catch (InterruptedException e) {
            stop(StopCause.INTERRUPTED);
        } finally {
            gate.stop();
            lister.shutdownNow();
        }
        settle();
    }

    private void list(Consumer<Consumer<T>> listing) {
        long before = CallLog.count();
        try (CallLog.Scope ignored = CallLog.record(listingCalls::add)) {
            listing.accept(account -> {
                open.add(account);
                progress.found();
                submit(account);
            });
        } catch (AwsAccessException e) {
            stop(new StopCause(StopCause.Kind.LISTING_FAILED, e.getMessage()));
        } catch (RuntimeException | Error e) {
            breakOff(e);
        } finally {
            calls.addAndGet(CallLog.count() - before);
            progress.allFound();
            changed.release();
        }
    }

    private void submit(T account) {
        try {
            if (!gate.isStopped()) {
                workers.execute(() -> workOn(account));
            }
        } catch (RejectedExecutionException e) {
            // The run is stopped: settle() reports the account as stopped.
        }
    }

    private void workOn(T account) {
        if (!gate.enter()) {
            return;
        }
        long before = CallLog.count();
        try {
            R outcome;
            boolean whole;
            try {
                outcome = work.on(account);
            } finally {
                whole = gate.leave();
                calls.addAndGet(CallLog.count() - before);
            }
            if (outcome == null) {
                submit(account);
            } else if (whole) {
                give(account, outcome);
            }
        } catch (RuntimeException | Error e) {
            breakOff(e);
        } finally {
            changed.release();
        }
    }

    private void give(T account, R outcome) {
        if (open.remove(account)) {
            sink.accept(outcome);
            progress.done(!outcome.isMissing());
        }
    }

    /** Ends the run for every account: the sink or the virtual machine failed. */
    private void breakOff(Throwable e) {
        broken.compareAndSet(null, e);
        stop(StopCause.INTERRUPTED);
    }

    private void stop(StopCause cause) {
        stopped.compareAndSet(null, cause);
        gate.stop();
        changed.release();
    }

    private void await() throws InterruptedException {
        while (!progress.isOver() && !gate.isStopped()) {
            if (stopRequested.getAsBoolean()) {
                throw new InterruptedException();
            }
            long wait = progress.untilNext(Instant.now()).toMillis();
            if (changed.tryAcquire(Math.max(1, Math.min(wait, MOST_WAIT_MILLIS)), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
            String line = progress.line(Instant.now());
            if (line != null) {
                log.accept(line);
            }
        }
    }

    /** Reports the accounts that were not worked on, after the last thread has ended. */
    private void settle() {
        boolean ended = ended(lister);
        CallLog.passOn(listingCalls);
        workers.shutdown();
        if (!ended(workers)) {
            gate.cutOff();
            ended &= ended(workers);
        }
        if (broken.get() instanceof Error e) {
            throw e;
        }
        if (broken.get() instanceof RuntimeException e) {
            throw e;
        }
        if (!ended) {
            stopped.compareAndSet(null, StopCause.INTERRUPTED);
        }
        for (T account : List.copyOf(open)) {
            give(account, work.stopped(account));
        }
    }

    /** False when the wait was interrupted, or a thread did not end. */
    private static boolean ended(ExecutorService threads) {
        try {
            return threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    int accounts() {
        return progress.total();
    }

    long calls() {
        return calls.get();
    }

    /** Why not every account was worked on; null when all were. */
    StopCause stopped() {
        return stopped.get();
    }
}
