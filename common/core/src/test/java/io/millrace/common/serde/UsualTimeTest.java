package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {

    private static final long SEED = 7;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final DateTimeFormatter USUAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Test
    void readsEveryDayOfFiveCenturiesAsTheLibraryDoes() {
        Random random = new Random(SEED);
        for (long day = 0; day < 500 * 366; day++) {
            long millis = day * DAY + random.nextInt((int) DAY);

            assertThat(UsualTime.of(USUAL.format(Instant.ofEpochMilli(millis)))).isEqualTo(millis);
        }
    }

    @Test
    void readsAPart() {
        byte[] json = "{\"at\":\"1970-01-01T00:00:01.500Z\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(UsualTime.of(json, 7, 31)).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00.000z",
                "2026-01-31T12:00:00,000Z",
                "2026-02-29T12:00:00.000Z",
                "1900-02-28T12:00:00.000Z",
                "2100-02-29T12:00:00.000Z",
                "2026-00-31T12:00:00.000Z",
                "2026-13-01T12:00:00.000Z",
                "2026-01-00T12:00:00.000Z",
                "2026-01-31T24:00:00.000Z",
                "2026-01-31T12:60:00.000Z",
                "2026-01-31T12:00:60.000Z",
                "1969-12-31T23:59:59.999Z",
                "2026-01-31T12:00:00.00\u0660Z",
                "+026-01-31T12:00:00.000Z"
            })
    void anyOtherIsNone(String text) {
        assertThat(UsualTime.of(text)).isEqualTo(UsualTime.NO_TIME);
    }
}
