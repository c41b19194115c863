package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.ColumnKind;
import io.millrace.common.serde.ValueEncoding;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PostgresTimesTest {

    private static final Column COLUMN = new Column(
            "at", ColumnKind.TIMESTAMP, ValueEncoding.TIMESTAMP_MICROS, "int64", true, null, null, 0, 0, 0, null);

    @Test
    void datesHaveTheirEraBehindThem() throws Exception {
        assertThat(PostgresTimes.date(0, COLUMN)).isEqualTo("1970-01-01");
        assertThat(PostgresTimes.date(LocalDate.of(-43, 3, 15).toEpochDay(), COLUMN))
                .isEqualTo("0044-03-15 BC");
        assertThat(PostgresTimes.date(LocalDate.of(0, 1, 1).toEpochDay(), COLUMN))
                .isEqualTo("0001-01-01 BC");
        assertThat(PostgresTimes.date(LocalDate.of(20240, 2, 29).toEpochDay(), COLUMN))
                .isEqualTo("20240-02-29");
        assertThat(PostgresTimes.date(Integer.MAX_VALUE, COLUMN)).isEqualTo("infinity");
        assertThat(PostgresTimes.date(Integer.MIN_VALUE, COLUMN)).isEqualTo("-infinity");
    }

    @Test
    void timestampsKeepEachMicrosecondAndKnowInfinity() throws Exception {
        assertThat(PostgresTimes.timestamp(1_709_201_472_123_456L, "")).isEqualTo("2024-02-29 10:11:12.123456");
        assertThat(PostgresTimes.timestamp(-1, "")).isEqualTo("1969-12-31 23:59:59.999999");
        assertThat(PostgresTimes.timestamp(9_223_372_036_825_200_000L, "")).isEqualTo("infinity");
        assertThat(PostgresTimes.timestamp(-9_223_372_036_832_400_000L, "")).isEqualTo("-infinity");
    }

    @Test
    void textsWithAZoneStayUnlessPostgresReadsThemOtherwise() throws Exception {
        assertThat(PostgresTimes.zoned("2024-02-29T08:11:12.123456Z", COLUMN)).isEqualTo("2024-02-29T08:11:12.123456Z");
        assertThat(PostgresTimes.zoned("-0043-03-15T12:00:00Z", COLUMN)).isEqualTo("0044-03-15 12:00:00+00 BC");
        assertThat(PostgresTimes.zoned("0000-03-15T12:00:00Z", COLUMN)).isEqualTo("0001-03-15 12:00:00+00 BC");
        assertThat(PostgresTimes.zoned("+294247-01-10T04:00:25.2Z", COLUMN)).isEqualTo("infinity");
        assertThat(PostgresTimes.zoned("-290308-12-21T19:59:27.6Z", COLUMN)).isEqualTo("-infinity");
        assertThat(PostgresTimes.zoned("+20240-02-29T00:00:00Z", COLUMN)).isEqualTo("20240-02-29 00:00:00+00");
    }

    @Test
    void nothingIsRoundedAway() throws Exception {
        assertThat(PostgresTimes.ofNanos(1_500_000, COLUMN)).isEqualTo(1_500);
        assertThatThrownBy(() -> PostgresTimes.ofNanos(1_500_001, COLUMN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("\"at\" holds a time with nanoseconds");
        assertThatThrownBy(() -> PostgresTimes.time(86_400_000_001L, COLUMN)).isInstanceOf(DataException.class);
        assertThat(PostgresTimes.time(86_400_000_000L, COLUMN)).isEqualTo("24:00:00");
    }
}
