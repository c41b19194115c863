package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Version;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinuteVersionTest {

    private static final long MINUTE = 60_000;
    private static final long LAST = Instant.parse("2097-01-01T00:00:00Z").toEpochMilli();

    static LongStream seeds() {
        return new Random().longs(50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLaterMinuteIsHigherWhateverWasCounted(long seed) {
        Random random = new Random(seed);
        long time = random.nextLong(LAST - 2 * MINUTE);
        long later = random.nextLong(time / MINUTE * MINUTE + MINUTE, LAST);
        long few = random.nextLong(Long.MAX_VALUE);
        long many = random.nextLong(Long.MAX_VALUE);
        int generation = random.nextInt(Version.MAX_GENERATION);

        assertThat(MinuteVersion.of(generation, later, few)).isGreaterThan(MinuteVersion.of(generation, time, many));
        assertThat(MinuteVersion.of(generation + 1, time, few))
                .as("a replay wins")
                .isGreaterThan(MinuteVersion.of(generation, later, many));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void moreEventsOfAMinuteAreHigher(long seed) {
        Random random = new Random(seed);
        long minute = random.nextLong(LAST) / MINUTE * MINUTE;
        long few = random.nextLong(1L << 28);
        long more = few + 1 + random.nextLong(1L << 28);

        assertThat(MinuteVersion.of(0, minute + random.nextLong(MINUTE), more))
                .isGreaterThan(MinuteVersion.of(0, minute + random.nextLong(MINUTE), few));
    }

    @Test
    void eventsThatDoNotFitNeverReachTheNextMinute() {
        assertThat(MinuteVersion.of(0, 0, Long.MAX_VALUE))
                .isEqualTo(MinuteVersion.of(0, 0, (1L << 29) - 1))
                .isLessThan(MinuteVersion.of(0, MINUTE, 0));
    }
}
