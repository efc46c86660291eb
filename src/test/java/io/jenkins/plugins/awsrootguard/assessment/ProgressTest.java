package io.jenkins.plugins.awsrootguard.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    private final Progress progress = new Progress("could not be read", START);

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }

    @Test
    void aLineIsDueEveryFiveSecondsAndNotBefore() {
        progress.found();
        assertEquals(Duration.ofSeconds(2), progress.untilNext(after(3)));
        assertNull(progress.line(after(4)));
        assertEquals("0 of at least 1 account done", progress.line(after(6)));
        assertNull(progress.line(after(10)));
        assertEquals("0 of at least 1 account done", progress.line(after(11)));
        assertEquals(Duration.ZERO, progress.untilNext(after(99)));
    }

    @Test
    void itTellsWhatFailedAndTheTimeLeft() {
        for (int i = 0; i < 200; i++) {
            progress.found();
        }
        progress.allFound();
        for (int i = 0; i < 50; i++) {
            progress.done(i > 1);
        }
        assertEquals("50 of 200 accounts done, 2 of them could not be read; about 30 s left", progress.line(after(10)));
        assertEquals(
                "50 of 200 accounts done, 2 of them could not be read; about 5 min left", progress.line(after(100)));
    }

    @Test
    void theFirstAccountsAreNoMeasureOfTheTimeLeft() {
        for (int i = 0; i < 200; i++) {
            progress.found();
        }
        progress.allFound();
        progress.done(true);
        assertEquals("1 of 200 accounts done", progress.line(after(5)));
    }

    @Test
    void itIsOverWhenAllIsListedAndDone() {
        assertFalse(progress.isOver());
        progress.found();
        progress.done(true);
        assertFalse(progress.isOver(), "more may still be listed");
        progress.allFound();
        assertTrue(progress.isOver());
        assertEquals("1 of 1 account done", progress.line(after(5)));
    }
}
