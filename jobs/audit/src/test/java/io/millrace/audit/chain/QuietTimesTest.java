package io.millrace.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partition is quiet once it was watched for as long, and brought nothing. */
class QuietTimesTest {

    private static final long MINUTE = 60_000;
    private static final long IDLE = 60 * MINUTE;
    private static final long LONGEST_GAP = 5 * MINUTE;
    private static final long START = 1_772_452_800_000L;

    private final QuietTimes times = new QuietTimes(IDLE, MINUTE);

    private boolean watch(int partition, long from, long to) {
        boolean quiet = false;
        for (long now = from; now <= to; now += MINUTE) {
            quiet = times.isQuiet(partition, now);
        }
        return quiet;
    }

    @Test
    void isQuietAfterAnHourOfLooksAndNotAMinuteBefore() {
        assertThat(watch(3, START, START + IDLE - MINUTE)).isFalse();
        assertThat(times.isQuiet(3, START + IDLE)).isTrue();
        assertThat(times.isQuiet(3, START + IDLE + MINUTE))
                .as("and it stays so")
                .isTrue();
    }

    @Test
    void whatIsHeardBeginsTheHourAnewForItsPartitionAlone() {
        watch(3, START, START + IDLE);
        watch(4, START, START + IDLE);
        times.heard(3, START + IDLE);

        assertThat(times.isQuiet(3, START + IDLE + MINUTE)).isFalse();
        assertThat(times.isQuiet(4, START + IDLE + MINUTE)).isTrue();
        assertThat(watch(3, START + IDLE + 2 * MINUTE, START + 2 * IDLE)).isTrue();
    }

    /** Whoever did not look does not know: records may have been written that nobody could read. */
    @Test
    void aTimeInWhichNobodyLookedCountsForNothing() {
        watch(3, START, START + IDLE / 2);
        long back = START + IDLE / 2 + LONGEST_GAP;
        assertThat(times.isQuiet(3, back)).as("some looks that were left out").isFalse();
        assertThat(watch(3, back + MINUTE, START + IDLE)).isTrue();

        long later = START + IDLE + LONGEST_GAP + 1;
        assertThat(times.isQuiet(3, later)).as("one more").isFalse();
        assertThat(watch(3, later + MINUTE, later + IDLE - MINUTE)).isFalse();
        assertThat(times.isQuiet(3, later + IDLE)).isTrue();
    }

    @Test
    void aClockThatGoesBackAndComesAgainMakesNothingQuiet() {
        watch(3, START, START + IDLE / 2);

        assertThat(watch(3, START - 24 * IDLE, START - 20 * IDLE)).isFalse();
        assertThat(times.isQuiet(3, START + IDLE))
                .as("it was looked last half an hour before")
                .isFalse();
    }

    /** Looks that come seldom are no outage, and those that come often leave room for a slow answer of Kafka's. */
    @Test
    void howLongALookMayTakeGoesByHowOftenTheyCome() {
        QuietTimes often = new QuietTimes(IDLE, 100);
        often.isQuiet(3, START);
        for (long now = START + 10_000; now < START + IDLE; now += 10_000) {
            assertThat(often.isQuiet(3, now)).isFalse();
        }
        assertThat(often.isQuiet(3, START + IDLE)).isTrue();
        QuietTimes seldom = new QuietTimes(IDLE, 4 * IDLE);
        seldom.isQuiet(3, START);
        assertThat(seldom.isQuiet(3, START + 4 * IDLE)).isTrue();
    }

    /** Whatever comes when: nothing is quiet that was heard, or not looked at for too long, within the hour. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverQuietWithinAnHourOfAnything(long seed) {
        Random random = new Random(seed);
        long since = START;
        long looked = START;
        int quiet = 0;
        times.heard(3, START);
        long now = START;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(40) == 0 ? random.nextInt((int) (2 * LONGEST_GAP)) : random.nextInt((int) MINUTE);
            if (random.nextInt(400) == 0) {
                times.heard(3, now);
                since = now;
            } else {
                since = now - looked > LONGEST_GAP ? now : since;
                boolean isQuiet = times.isQuiet(3, now);
                assertThat(isQuiet).isEqualTo(now - since >= IDLE);
                quiet += isQuiet ? 1 : 0;
            }
            looked = now;
        }
        assertThat(quiet).as("the control: it was quiet at times").isPositive();
    }
}
