package io.millrace.common.source.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.source.postgres.PrintedTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {

    @Test
    void readsWhatTheSlowerReaderReads() {
        Random random = new Random(1);
        long from = LocalDate.of(1, 1, 1).toEpochDay();
        long to = LocalDate.of(9999, 12, 31).toEpochDay();
        for (int i = 0; i < 10_000; i++) {
            LocalDate date = LocalDate.ofEpochDay(random.nextLong(from, to + 1));
            String time = time(random);

            assertThat(days(date.toString())).isEqualTo(date.toEpochDay());
            assertThat(timeOfDay(time)).isEqualTo(LocalTime.parse(time).toNanoOfDay() / 1_000);
            assertThat(timestamp(date + " " + time)).isEqualTo(micros(PrintedTime.timestamp(date + " " + time)));
        }
    }

    /** As Postgres prints it: a second always, and a fraction without zeros at its end. */
    private static String time(Random random) {
        String time = "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        int digits = random.nextInt(7);
        int fraction = random.nextInt(1_000_000);
        return digits == 0 ? time : time + "." + "%06d".formatted(fraction).substring(0, digits);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "infinity",
                "-infinity",
                "2026-02-30",
                "0044-03-15 BC",
                "12026-01-01",
                "2026-1-1",
                "01/31/2026",
                "0000-01-01"
            })
    void leavesOtherDates(String text) {
        assertThat(days(text)).isEqualTo(PlainTime.NOT_PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "24:00:00",
                "23:60:00",
                "1:00:00",
                "10:00",
                "10:00:00.",
                "10:00:00.1234567",
                "10:00:00+01",
                "10:00:0x"
            })
    void leavesOtherTimes(String text) {
        assertThat(timeOfDay(text)).isEqualTo(PlainTime.NOT_PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "infinity",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00 BC",
                "12026-01-01 00:00:00",
                "2026-01-01 24:00:00"
            })
    void leavesOtherTimestamps(String text) {
        assertThat(timestamp(text)).isEqualTo(PlainTime.NOT_PLAIN);
    }

    private static long days(String text) {
        return PlainTime.days(padded(text), 1, text.length());
    }

    private static long timeOfDay(String text) {
        return PlainTime.timeOfDay(padded(text), 1, text.length());
    }

    private static long timestamp(String text) {
        return PlainTime.timestamp(padded(text), 1, text.length());
    }

    /** The digits around it belong to other values. */
    private static byte[] padded(String text) {
        return ("9" + text + "9").getBytes(StandardCharsets.US_ASCII);
    }
}
