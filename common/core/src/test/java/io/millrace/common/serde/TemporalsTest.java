package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalsTest {

    private static final long SEED = 20_240_229;
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final StringBuilder out = new StringBuilder();

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01",
        "-1, 1969-12-31",
        "19782, 2024-02-29",
        "-719528, 0000-01-01",
        "-719529, -0001-12-31",
        "2932896, 9999-12-31",
        "2932897, +10000-01-01",
    })
    void writesADay(long day, String expected) {
        Temporals.appendDate(day, out);

        assertThat(out).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00",
        "1, 1970-01-01T00:00:00.000001",
        "-1, 1969-12-31T23:59:59.999999",
        "-1000000, 1969-12-31T23:59:59",
        "1709251199120000, 2024-02-29T23:59:59.12",
        "-62198755200000001, -0002-12-31T23:59:59.999999",
        "9223372036825200000, +294247-01-10T04:00:25.2",
    })
    void writesMicroseconds(long micros, String expected) {
        Temporals.appendTimestamp(micros, 1_000_000, out);

        assertThat(out).hasToString(expected);
    }

    @Test
    void writesEveryInstantSoThatItReadsBackTheSame() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long micros = random.nextLong() >> random.nextInt(40);
            out.setLength(0);
            Temporals.appendTimestamp(micros, 1_000_000, out);

            LocalDateTime read = LocalDateTime.parse(out);
            assertThat(ChronoUnit.MICROS.between(EPOCH, read)).as("%s", out).isEqualTo(micros);
        }
    }

    @Test
    void readsTheSameInstantFromEveryUnit() {
        long seconds = LocalDateTime.of(1682, 10, 15, 12, 34, 56).toEpochSecond(ZoneOffset.UTC);
        for (long unit : new long[] {1_000, 1_000_000, 1_000_000_000}) {
            out.setLength(0);
            Temporals.appendTimestamp(seconds * unit, unit, out);
            assertThat(out).hasToString("1682-10-15T12:34:56");
        }
    }

    @Test
    void writesEveryTimeOfDaySoThatItReadsBackTheSame() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long nanos = (long) (random.nextDouble() * 86_400e9);
            out.setLength(0);

            assertThat(Temporals.appendTime(nanos, 1_000_000_000, out)).isTrue();
            assertThat(LocalTime.parse(out).toNanoOfDay()).isEqualTo(nanos);
        }
    }

    @Test
    void writesEveryDaySoThatItReadsBackTheSame() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long day = random.nextInt() >> random.nextInt(20);
            out.setLength(0);
            Temporals.appendDate(day, out);
            assertThat(LocalDate.parse(out).toEpochDay()).isEqualTo(day);
        }
    }

    @Test
    void knowsTheEndOfADayAndNothingPastIt() {
        assertThat(Temporals.appendTime(86_400_000_000L, 1_000_000, out)).isTrue();
        assertThat(out).hasToString("24:00:00");

        assertThat(Temporals.appendTime(86_400_000_001L, 1_000_000, out)).isFalse();
        assertThat(Temporals.appendTime(-1, 1_000_000, out)).isFalse();
        assertThat(out).hasToString("24:00:00");
    }
}
