package io.millrace.analytics.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.DataException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    private static final long SEED = 4_711;

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00.123Z, 2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00.500+02:00, 2026-01-31T10:00:00.500Z",
        "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
        "1769860800123, 2026-01-31T12:00:00.123Z",
        "0, 1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.000Z, 1970-01-01T00:00:00Z"
    })
    void readsWhatProducersWrite(String text, String instant) throws DataException {
        assertThat(EventTime.ofText(text)).isEqualTo(Instant.parse(instant).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-29T12:00:00.000Z",
                "2026-13-01T12:00:00.000Z",
                "2026-01-31T24:00:00.000Z",
                "2026-01-31T12:00:00.000",
                "1969-12-31T23:59:59.999Z",
                "99999999999999999",
                "-1",
                "2097-01-01T00:00:00.000Z",
                "4007836800000",
                "+999999999-12-31T23:59:59Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> EventTime.ofText(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ISO-8601");
    }

    /** The quick way, of the form that JavaScript writes, against the library's. */
    @Test
    void readsEveryDayAsTheLibraryDoes() throws DataException {
        Random random = new Random(SEED);
        for (long day = 0; day < 126 * 366; day++) {
            long millis = day * 86_400_000L + random.nextInt(86_400_000);
            String text = Instant.ofEpochMilli(millis).toString();

            assertThat(EventTime.ofText(text)).as(text).isEqualTo(millis);
        }
    }
}
