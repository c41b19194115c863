package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29",
        "0001-01-01, 0001-01-01",
        "0001-12-31 BC, 0000-12-31",
        "0044-03-15 BC, -0043-03-15",
        "10000-01-01, +10000-01-01",
        "5874897-12-31, +5874897-12-31",
        "4714-11-24 BC, -4713-11-24"
    })
    void readsDates(String printed, LocalDate date) {
        assertThat(PrintedTime.date(printed)).isEqualTo(date);
    }

    @Test
    void aDateWithoutEndIsTheLastOneOf32Bits() {
        assertThat(PrintedTime.date("infinity").toEpochDay()).isEqualTo(Integer.MAX_VALUE);
        assertThat(PrintedTime.date("-infinity").toEpochDay()).isEqualTo(Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 10:11:12, 2024-02-29T10:11:12Z",
        "2024-02-29 10:11:12.1, 2024-02-29T10:11:12.1Z",
        "2024-02-29 23:59:59.999999, 2024-02-29T23:59:59.999999Z",
        "0044-03-15 12:00:00.000001 BC, -0043-03-15T12:00:00.000001Z",
        "294276-12-31 23:59:59, +294276-12-31T23:59:59Z"
    })
    void readsTimestamps(String printed, Instant instant) {
        assertThat(PrintedTime.timestamp(printed)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 10:11:12.123456+00, 2024-02-29T10:11:12.123456Z",
        "2024-02-29 10:11:12+02, 2024-02-29T08:11:12Z",
        "2024-02-29 10:11:12-03:30, 2024-02-29T13:41:12Z",
        "1800-01-01 00:00:00+00:53:28, 1799-12-31T23:06:32Z",
        "0044-03-15 12:00:00+01 BC, -0043-03-15T11:00:00Z"
    })
    void readsTimestampsWithTheirZone(String printed, OffsetDateTime utc) {
        assertThat(PrintedTime.timestampWithZone(printed)).isEqualTo(utc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"29/02/2024", "2024-02", "2024-02-30", "", "now"})
    void saysWhatItCannotRead(String printed) {
        assertThatThrownBy(() -> PrintedTime.date(printed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Postgres printed `" + printed + "`");
    }
}
