package io.jenkins.plugins.awsrootguard.phase;

import io.jenkins.plugins.awsrootguard.account.OrganizationAccount;
import io.jenkins.plugins.awsrootguard.aws.AwsAccessException;
import io.jenkins.plugins.awsrootguard.aws.CallCount;
import io.jenkins.plugins.awsrootguard.phase.AccountOutcome.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Reads accounts on a bounded number of threads while they are still being listed. One run each. */
final class FanOut {

    static final String STOPPED = "the run was stopped before it was read";

    private final MemberReading reading;
    private final AccountSink sink;
    private final ProgressLog log;
    private final Progress progress;
    private final ExecutorService readers;
    private final ExecutorService lister;
    private final StopGate gate = new StopGate();
    /** One permit or more when something has changed that may end the wait. */
    private final Semaphore changed = new Semaphore(0);

    private final Set<OrganizationAccount> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<String> stoppedBecause = new AtomicReference<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    FanOut(int parallelism, MemberReading reading, AccountSink sink, ProgressLog log, Instant start) {
        this.reading = reading;
        this.sink = sink;
        this.log = log;
        this.progress = new Progress(start);
        this.readers = Executors.newFixedThreadPool(parallelism, task -> daemon(task, "root-guard-reader"));
        this.lister = Executors.newSingleThreadExecutor(task -> daemon(task, "root-guard-lister"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when every account was given to the sink, read or not. */
    void run(Consumer<Consumer<OrganizationAccount>> listing) {
        try {
            lister.execute(() -> list(listing));
            await();
        } catch (InterruptedException e) {
            stop("it was stopped before every account was read");
        } finally {
            gate.stop();
            lister.shutdownNow();
        }
        settle();
    }

    private void list(Consumer<Consumer<OrganizationAccount>> listing) {
        long before = CallCount.ofThisThread();
        try {
            listing.accept(this::submit);
        } catch (AwsAccessException e) {
            stop(e.getMessage());
        } catch (RuntimeException | Error e) {
            breakOff(e);
        } finally {
            calls.addAndGet(CallCount.ofThisThread() - before);
            progress.allFound();
            wake();
        }
    }

    private void submit(OrganizationAccount account) {
        open.add(account);
        progress.found();
        if (!gate.isStopped()) {
            readers.execute(() -> read(account));
        }
    }

    private void read(OrganizationAccount account) {
        if (!gate.enter()) {
            return;
        }
        try {
            AccountOutcome outcome;
            boolean whole;
            try {
                outcome = reading.read(account);
            } finally {
                whole = gate.leave();
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

    private void give(OrganizationAccount account, AccountOutcome outcome) {
        if (open.remove(account)) {
            sink.take(outcome);
            progress.done(!outcome.isMissing());
        }
    }

    /** What can't go on for any account: the sink failed, or the virtual machine did. */
    private void breakOff(Throwable e) {
        broken.compareAndSet(null, e);
        stop("it could not go on");
    }

    private void stop(String why) {
        stoppedBecause.compareAndSet(null, why);
        gate.stop();
        wake();
    }

    private void wake() {
        changed.release();
    }

    private void await() throws InterruptedException {
        while (!progress.isOver() && !gate.isStopped()) {
            Duration wait = progress.untilNext(Instant.now());
            if (changed.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
            String line = progress.line(Instant.now());
            if (line != null) {
                log.line(line);
            }
        }
    }

    /** Tells of the accounts that were not read, after the last thread has ended. */
    private void settle() {
        boolean ended = ended(lister);
        readers.shutdown();
        ended &= ended(readers);
        if (broken.get() instanceof Error e) {
            throw e;
        }
        if (broken.get() instanceof RuntimeException e) {
            throw e;
        }
        if (!ended) {
            stoppedBecause.compareAndSet(null, "it was stopped before every account was read");
        }
        for (OrganizationAccount account : List.copyOf(open)) {
            give(account, reading.missing(account, Reading.STOPPED, STOPPED, 0));
        }
    }

    /** False when the wait was interrupted, or a thread did not end. */
    private static boolean ended(ExecutorService threads) {
        try {
            return threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            return false;
        }
    }

    int accounts() {
        return progress.total();
    }

    int unread() {
        return progress.failed();
    }

    long calls() {
        return calls.get();
    }

    String stoppedBecause() {
        return stoppedBecause.get();
    }
}
