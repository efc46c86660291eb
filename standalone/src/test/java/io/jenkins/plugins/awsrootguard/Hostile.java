package io.jenkins.plugins.awsrootguard;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs a check on random data for a slice of time: a moment in every build, minutes in the profile {@code fuzz}
 * ({@code -Dhostile.seconds}, for each property).
 */
public final class Hostile {

    /** How many slices a property has: jqwik's tries, each with a seed of its own. */
    public static final int SLICES = 4;

    private static final double SLICE_NANOS =
            Double.parseDouble(System.getProperty("hostile.seconds", "1")) * 1e9 / SLICES;

    private static final AtomicLong CHECKS = new AtomicLong();

    private Hostile() {}

    /** How many checks have passed so far. */
    public static long checks() {
        return CHECKS.get();
    }

    public static void each(long seed, Consumer<Random> check) {
        each(seed, 1, check);
    }

    /**
     * @param share how much more time than the others the property has; each check runs at least once
     * @throws AssertionError that names the seed which shows it again: {@code new Random(seed)}
     */
    public static void each(long seed, int share, Consumer<Random> check) {
        Random seeds = new Random(seed);
        long begun = System.nanoTime();
        long checks = 0;
        do {
            long next = seeds.nextLong();
            try {
                check.accept(new Random(next));
                checks++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with seed " + next + "L: " + e, e);
            }
        } while (System.nanoTime() - begun < share * SLICE_NANOS);
        CHECKS.addAndGet(checks);
    }
}
