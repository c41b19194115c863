package io.millrace.common.serde.declared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | int8 | -1 | -1 | false",
                "INT | int4 | -1 | -1 | false",
                "double  precision | float8 | -1 | -1 | false",
                "numeric(20, 4) | numeric | 20 | 4 | false",
                "Decimal( 5 ) | numeric | 5 | -1 | false",
                "numeric(5,-3) | numeric | 5 | -3 | false",
                "character varying(8) | varchar | 8 | -1 | false",
                "timestamp(3) without time zone | timestamp | 3 | -1 | false",
                "timestamp with time zone | timestamptz | -1 | -1 | false",
                "time(0) with time zone | timetz | 0 | -1 | false",
                "interval day to second | interval | -1 | -1 | false",
                "numeric(8,2)[] | numeric | 8 | 2 | true",
                "integer[3][3] | int4 | -1 | -1 | true",
                "enum | enum | -1 | -1 | false"
            })
    void readsWhatCreateTableAndTheCatalogWrite(String declared, String name, int size, int scale, boolean array) {
        assertThat(PostgresType.parse(declared)).hasValue(new PostgresType(name, size, scale, array));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "numeric(", "numeric(a)", "text; DROP", "\"Mood\"", "text]"})
    void takesNothingElse(String declared) {
        assertThat(PostgresType.parse(declared)).isEmpty();
    }

    @Test
    void knowsWhichNamesHaveAForm() {
        assertThat(PostgresType.parse("jsonb").orElseThrow().isKnown()).isTrue();
        assertThat(PostgresType.parse("varchar(3)[]").orElseThrow().isKnown()).isTrue();
        assertThat(PostgresType.parse("bigit").orElseThrow().isKnown()).isFalse();
    }
}
