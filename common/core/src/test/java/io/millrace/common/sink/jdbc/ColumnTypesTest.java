package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypesTest {

    @ParameterizedTest
    @CsvSource({
        "smallint, bigint, bigint",
        "bigint, integer, bigint",
        "integer, numeric, numeric",
        "numeric, smallint, numeric",
        "real, double precision, double precision",
        "double precision, real, double precision",
        "integer, text, text",
        "text, integer, text",
        "integer[], text, text",
        "timestamp with time zone, text, text",
        "jsonb, text, text",
        "integer, date, integer",
        "integer, real, integer",
        "character varying(20), text, character varying(20)",
        "order_status, text, order_status",
        "uuid, uuid, uuid"
    })
    void areWidenedAndNeverNarrowedNorAnothersChoiceChanged(String has, String wanted, String wide) {
        assertThat(ColumnTypes.widen(has, wanted)).isEqualTo(wide);
    }
}
