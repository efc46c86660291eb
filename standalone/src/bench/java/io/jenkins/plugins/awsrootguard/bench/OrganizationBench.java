package io.jenkins.plugins.awsrootguard.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/** Measures time, processor time, memory and calls of reading an organization, and compares with the time of the calls alone. */
final class OrganizationBench {

    private static final Duration LATENCY = Duration.ofMillis(50);

    /** Readings before the first measurement, so that the code is compiled. */
    private static final int WARM_UP = 4;

    private OrganizationBench() {}

    static void run(int accounts) throws IOException {
        long idle = liveHeap();
        try (EmulatedOrganizationProcess aws = EmulatedOrganizationProcess.start(accounts, LATENCY)) {
            say("cold", OrganizationReading.once(aws, 20));
            for (int i = 0; i < WARM_UP; i++) {
                OrganizationReading.once(aws, 100);
            }
            say("warm", OrganizationReading.median(aws, 20));
            say("warm", OrganizationReading.median(aws, 100));
        }
        double half;
        try (EmulatedOrganizationProcess aws = EmulatedOrganizationProcess.start(accounts / 2, LATENCY)) {
            OrganizationReading.once(aws, 100);
            half = OrganizationReading.median(aws, 20).seconds();
        }
        try (EmulatedOrganizationProcess aws = EmulatedOrganizationProcess.start(accounts * 2, LATENCY)) {
            OrganizationReading.once(aws, 100);
            OrganizationReading twice = OrganizationReading.once(aws, 20);
            say("warm", twice);
            print(
                    "%d accounts take %.2f times as long as %d",
                    twice.accounts(), twice.seconds() / half, twice.accounts() / 4);
            print("live heap after %d accounts: %+.1f MB", twice.accounts(), (liveHeap() - idle) / 1e6);
            if (twice.store().accounts().size() != twice.accounts()) {
                throw new IllegalStateException("accounts were lost");
            }
        }
    }

    private static void say(String state, OrganizationReading r) {
        print(
                "%s: %d accounts, %d at once: %.2f s, %.2f x ideal (%.2f s); %.1f calls an account, a member at most %d;"
                        + " %.1f ms processor time an account",
                state,
                r.accounts(),
                r.parallelism(),
                r.seconds(),
                r.seconds() / r.ideal(LATENCY),
                r.ideal(LATENCY),
                (double) r.calls() / r.accounts(),
                r.mostCalls(),
                r.cpuMillis());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Bytes in use after garbage collection. */
    private static long liveHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
