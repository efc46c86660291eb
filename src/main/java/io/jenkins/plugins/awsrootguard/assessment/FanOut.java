package io.jenkins.plugins.awsrootguard.assessment;

import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.aws.CallLog;
import io.jenkins.plugins.awsrootguard.facts.CallRecord;
import io.jenkins.plugins.awsrootguard.remediation.ProgressLog;
import java.time.Instant;
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
 * @param <R> what came of it
 */
final class FanOut<T, R extends FanOut.Outcome> {

    /** How the reason begins when the thread of the run was interrupted. */
    static final String INTERRUPTED = "it was stopped before every account was ";

    private static final long PATIENCE_SECONDS = 60;

    private static final long MOST_WAIT_MILLIS = 1000;

    /** What came of one account. */
    interface Outcome {

        /** Whether something that was asked for is missing. */
        boolean isMissing();

        /** How many calls to AWS it took. */
        long calls();
    }

    /** What is done for each account; on many threads at once. What it throws stops the whole run. */
    interface Work<T, R> {

        /** Null when there is something to wait for: it is asked again, after all that were found meanwhile. */
        R on(T account);

        /** For one that was not begun, or cut off, when the run was stopped. */
        R stopped(T account);
    }

    private final Work<T, R> work;
    private final Consumer<R> sink;
    private final ProgressLog log;
    private final Progress progress;
    private final StopGate gate;
    private final ExecutorService workers;
    private final ExecutorService lister;
    /** One permit or more when something has changed that may end the wait. */
    private final Semaphore changed = new Semaphore(0);

    private final Set<T> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    /** The calls that the listing took. */
    private final Queue<CallRecord> listed = new ConcurrentLinkedQueue<>();

    private final AtomicReference<String> stoppedBecause = new AtomicReference<>();
    private final AtomicReference<StopCause> stopped = new AtomicReference<>();
    private final BooleanSupplier told;
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    FanOut(int parallelism, Work<T, R> work, Consumer<R> sink, ProgressLog log, Progress progress, StopGate gate) {
        this(parallelism, work, sink, log, progress, gate, () -> false);
    }

    /**
     * @param gate tells the work when the run is stopped
     * @param told whether the run is to be stopped, besides by interrupting its thread; asked every second
     */
    FanOut(
            int parallelism,
            Work<T, R> work,
            Consumer<R> sink,
            ProgressLog log,
            Progress progress,
            StopGate gate,
            BooleanSupplier told) {
        this.told = told;
        this.work = work;
        this.sink = sink;
        this.log = log;
        this.progress = progress;
        this.gate = gate;
        this.workers = Executors.newFixedThreadPool(parallelism, task -> daemon(task, "root-guard-worker"));
        this.lister = Executors.newSingleThreadExecutor(task -> daemon(task, "root-guard-lister"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns when every account was given to the sink, worked on or not. The calls of the listing are told to who listens to
     * the current thread's ({@link CallLog}).
     */
    void run(Consumer<Consumer<T>> listing) {
        try {
            lister.execute(() -> list(listing));
            await();
        } catch (InterruptedException e) {
            stop(StopCause.INTERRUPTED, INTERRUPTED + progress.done());
        } finally {
            gate.stop();
            lister.shutdownNow();
        }
        settle();
    }

    private void list(Consumer<Consumer<T>> listing) {
        long before = CallCount.ofThisThread();
        try (CallLog.Scope ignored = CallLog.tell(listed::add)) {
            listing.accept(this::submit);
        } catch (AwsAccessException e) {
            stop(new StopCause(StopCause.Kind.LISTING_FAILED, e.getMessage()), e.getMessage());
        } catch (RuntimeException | Error e) {
            breakOff(e);
        } finally {
            calls.addAndGet(CallCount.ofThisThread() - before);
            progress.allFound();
            wake();
        }
    }

    private void submit(T account) {
        open.add(account);
        progress.found();
        if (!gate.isStopped()) {
            workers.execute(() -> workOn(account));
        }
    }

    private void again(T account) {
        try {
            workers.execute(() -> workOn(account));
        } catch (RejectedExecutionException e) {
            // The run is stopped: it is told as such with the others.
        }
    }

    private void workOn(T account) {
        if (!gate.enter()) {
            return;
        }
        try {
            R outcome;
            boolean whole;
            try {
                outcome = work.on(account);
            } finally {
                whole = gate.leave();
            }
            if (outcome == null) {
                again(account);
                return;
            }
            calls.addAndGet(outcome.calls());
            if (whole) {
                give(account, outcome);
            }
        } catch (RuntimeException | Error e) {
            breakOff(e);
        } finally {
            wake();
        }
    }

    private void give(T account, R outcome) {
        if (open.remove(account)) {
            sink.accept(outcome);
            progress.done(!outcome.isMissing());
        }
    }

    /** What can't go on for any account: the sink failed, or the virtual machine did. */
    private void breakOff(Throwable e) {
        broken.compareAndSet(null, e);
        stop(StopCause.INTERRUPTED, "it could not go on");
    }

    private void stop(StopCause cause, String why) {
        stopped.compareAndSet(null, cause);
        stoppedBecause.compareAndSet(null, why);
        gate.stop();
        wake();
    }

    private void wake() {
        changed.release();
    }

    private void await() throws InterruptedException {
        while (!progress.isOver() && !gate.isStopped()) {
            if (told.getAsBoolean()) {
                throw new InterruptedException();
            }
            long wait = progress.untilNext(Instant.now()).toMillis();
            if (changed.tryAcquire(Math.max(1, Math.min(wait, MOST_WAIT_MILLIS)), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
            String line = progress.line(Instant.now());
            if (line != null) {
                log.line(line);
            }
        }
    }

    /** Tells of the accounts that were not worked on, after the last thread has ended. */
    private void settle() {
        boolean ended = ended(lister);
        CallLog.passOn(listed);
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
            stoppedBecause.compareAndSet(null, INTERRUPTED + progress.done());
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

    int missing() {
        return progress.failed();
    }

    long calls() {
        return calls.get();
    }

    /** Why not every account was worked on; null when all were. */
    StopCause stopped() {
        return stopped.get();
    }

    String stoppedBecause() {
        return stoppedBecause.get();
    }
}
