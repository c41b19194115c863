package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnKindTest {

    @ParameterizedTest
    @CsvSource({
        "16, BIT, TYPED",
        "25, VARCHAR, TYPED",
        "3802, OTHER, TYPED",
        "1700, NUMERIC, TEXT",
        "790, DOUBLE, TEXT",
        "1186, OTHER, TEXT",
        "142, SQLXML, TEXT",
        "16400, VARCHAR, TYPED",
        "16400, STRUCT, TEXT",
        "16400, OTHER, TEXT",
        "1007, ARRAY, ARRAY",
        "16401, ARRAY, ARRAY",
        "1020, ARRAY, TEXT"
    })
    void goesByTheRootOfTheType(int oid, String jdbcType, ColumnKind kind) throws Exception {
        assertThat(ColumnKind.of(oid, Types.class.getField(jdbcType).getInt(null)))
                .isEqualTo(kind);
    }
}
