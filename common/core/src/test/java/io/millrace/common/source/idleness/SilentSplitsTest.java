package io.millrace.common.source.idleness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.source.idleness.SilentSplits.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A split may be silent for 30 s; a look is every 200 ms. */
class SilentSplitsTest {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    private final SilentSplits splits = new SilentSplits(TimeUnit.SECONDS.toNanos(30));
    private final List<String> silent = new ArrayList<>();
    private long now = -5;

    @BeforeEach
    void begin() {
        splits.split("a");
        splits.split("b");
        look(Reading.DRAINED);
    }

    @Test
    void aSplitIsSilentThatSaysNothingWhileNothingIsLeft() {
        last(29.8, Reading.DRAINED);
        assertThat(silent).isEmpty();
        splits.split("a").hear();
        last(0.4, Reading.DRAINED);
        assertThat(silent).containsExactly("b");
        last(29.6, Reading.DRAINED);
        assertThat(silent).containsExactly("b");
        last(0.4, Reading.DRAINED);

        assertThat(silent).containsExactly("b", "a");
    }

    @Test
    void itIsToldOfOnceForEachSilence() {
        last(100, Reading.DRAINED);
        assertThat(silent).containsExactly("a", "b");
        splits.split("a").hear();
        last(100, Reading.DRAINED);

        assertThat(silent).containsExactly("a", "b", "a");
    }

    /** Of the backlog some may be its own. */
    @Test
    void timeStandsStillWhileOthersAreRead() {
        last(20, Reading.DRAINED);
        last(1_000, Reading.BUSY);
        last(9.8, Reading.DRAINED);
        assertThat(silent).isEmpty();
        last(0.2, Reading.DRAINED);

        assertThat(silent).containsExactly("a", "b");
    }

    /** Else a backlog would be read to its end before a window of it is told, for one split that is empty. */
    @Test
    void timeCountsWhileOthersSayMoreThanCanWait() {
        last(31, Reading.BUSY);
        for (long i = 0; i < 2 * SilentSplits.WAITING - 1; i++) {
            splits.count();
        }
        last(1, Reading.BUSY);
        assertThat(silent).isEmpty();
        splits.count();
        last(0.2, Reading.BUSY);

        assertThat(silent).containsExactly("a", "b");
    }

    @Test
    void afterAnOutageOthersHaveToSayThatMuchAgain() {
        for (long i = 0; i < 2 * SilentSplits.WAITING; i++) {
            splits.count();
        }
        last(29, Reading.BUSY);
        last(45, Reading.BLOCKED);
        last(60, Reading.BUSY);

        assertThat(silent).isEmpty();
    }

    @Test
    void afterAnOutageEachSplitHasTimeAgain() {
        last(29.8, Reading.DRAINED);
        last(45, Reading.BLOCKED);
        last(29.8, Reading.DRAINED);
        assertThat(silent).isEmpty();
        last(0.2, Reading.DRAINED);

        assertThat(silent).containsExactly("a", "b");
    }

    /** Else a split would never be silent for a target that holds everything up with each checkpoint. */
    @Test
    void shortStopsTakeBackNoMoreThanTheyLast() {
        for (int i = 0; i < 48; i++) {
            last(0.8, Reading.DRAINED);
            last(0.2, Reading.BLOCKED);
        }
        assertThat(silent).isEmpty();
        last(1.2, Reading.DRAINED);

        assertThat(silent).containsExactly("a", "b");
    }

    @Test
    void aTaskThatDidNotLookWasBlocked() {
        last(20, Reading.DRAINED);
        now += TimeUnit.SECONDS.toNanos(60);
        look(Reading.DRAINED);

        assertThat(silent).as("a minute between two looks counts as a second").isEmpty();
    }

    @Test
    void whoIsPausedIsNotSilent() {
        splits.pause(List.of("a"), List.of());
        last(100, Reading.DRAINED);
        assertThat(silent).containsExactly("b");
        splits.pause(List.of(), List.of("a"));
        last(29.8, Reading.DRAINED);
        assertThat(silent).containsExactly("b");
        last(0.2, Reading.DRAINED);

        assertThat(silent).containsExactly("b", "a");
    }

    @Test
    void aReaderWithoutSplitsIsSilent() {
        splits.remove("a");
        splits.remove("b");
        last(29.8, Reading.DRAINED);
        assertThat(silent).isEmpty();
        last(0.2, Reading.DRAINED);

        assertThat(silent).containsExactly("all");
    }

    private void last(double seconds, Reading reading) {
        for (long looks = Math.round(seconds * 5); looks > 0; looks--) {
            now += LOOK;
            look(reading);
        }
    }

    private void look(Reading reading) {
        splits.look(now, reading, silent::add, () -> silent.add("all"));
    }
}
