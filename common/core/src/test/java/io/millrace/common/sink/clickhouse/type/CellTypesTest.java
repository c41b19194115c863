package io.millrace.common.sink.clickhouse.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.serde.Columns;
import io.millrace.common.serde.SampleTable;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTypesTest {

    @Test
    void holdWhatColumnsHold() throws Exception {
        Columns columns = Columns.ofRow(new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .column("small", "INT2", SchemaBuilder.int16())
                .column("ratio", "FLOAT4", SchemaBuilder.float32())
                .column("price", "NUMERIC", declared(SchemaBuilder.string(), 12, 2))
                .column("any", "NUMERIC", declared(SchemaBuilder.string(), 131_089, 0))
                .column("plain", "NUMERIC", SchemaBuilder.string())
                .column("flag", "BOOL", SchemaBuilder.bool())
                .column("token", "UUID", SchemaBuilder.string().name("io.debezium.data.Uuid"))
                .column("mood", "MOOD", SchemaBuilder.string().name("io.debezium.data.Enum"))
                .column("day", "DATE", SchemaBuilder.int32().name("io.debezium.time.Date"))
                .column("at", "TIMESTAMP", SchemaBuilder.int64().name("io.debezium.time.Timestamp"))
                .column("meta", "JSONB", SchemaBuilder.string().name("io.debezium.data.Json"))
                .column(
                        "tags",
                        "_TEXT",
                        SchemaBuilder.array(SchemaBuilder.string().optional().build()))
                .schema());

        assertThat(columns.all())
                .extracting(column -> column.name() + " "
                        + CellTypes.of(column, column.optional()).ddl())
                .containsExactly(
                        "id Int32",
                        "small Nullable(Int16)",
                        "ratio Nullable(Float32)",
                        "price Nullable(Decimal(12, 2))",
                        "any Nullable(String)",
                        "plain Nullable(String)",
                        "flag Nullable(Bool)",
                        "token Nullable(UUID)",
                        "mood LowCardinality(Nullable(String))",
                        "day Nullable(Date32)",
                        "at Nullable(DateTime64(6, 'UTC'))",
                        "meta Nullable(String)",
                        "tags Array(Nullable(String))");
    }

    @Test
    void giveANumberInAKeyRoomToGrow() throws Exception {
        Columns columns = Columns.ofKeyInRow(new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .key("code", "TEXT", SchemaBuilder.string())
                .numericKey("price", 12, 2)
                .numericKey("wide", 50, 4)
                .numericKey("any", 0, 0)
                .schema());

        assertThat(columns.all())
                .extracting(column -> CellTypes.ofKey(column).ddl())
                .containsExactly("Int64", "String", "Decimal(38, 2)", "Decimal(50, 4)", "String");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Int8",
                "Int64",
                "Float64",
                "Decimal(76, 38)",
                "Bool",
                "String",
                "LowCardinality(String)",
                "LowCardinality(Nullable(String))",
                "UUID",
                "Date32",
                "DateTime64(3, 'UTC')",
                "Array(Nullable(DateTime64(6, 'UTC')))",
                "Nullable(Decimal(9, 0))"
            })
    void readWhatClickHouseWrites(String ddl) {
        assertThat(CellTypes.parse(ddl)).get().extracting(CellType::ddl).isEqualTo(ddl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UInt64",
                "Enum8('a' = 1)",
                "DateTime64(3, 'Europe/Berlin')",
                "Decimal(77, 0)",
                "Decimal(3, 4)",
                "Nullable(Array(String))",
                "JSON",
                "Array(Array(Int32))",
                ""
            })
    void doNotReadWhatRowsCannotBeWrittenAs(String ddl) {
        assertThat(CellTypes.parse(ddl)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Int32 | Int64 | Int64",
                "Int64 | Int32 | Int64",
                "Int64 | Nullable(Int32) | Nullable(Int64)",
                "Nullable(Int32) | Int64 | Nullable(Int64)",
                "Float32 | Float64 | Float64",
                "Decimal(12, 2) | Decimal(10, 4) | Decimal(14, 4)",
                "Decimal(76, 2) | Decimal(10, 4) | Decimal(76, 2)",
                "Int32 | String | String",
                "Nullable(UUID) | String | Nullable(String)",
                "String | Int32 | String",
                "String | LowCardinality(String) | String",
                "Date32 | DateTime64(6, 'UTC') | Date32",
                "Array(Nullable(Int32)) | Array(Nullable(Int64)) | Array(Nullable(Int64))",
                "Array(Nullable(Int32)) | Nullable(String) | Array(Nullable(Int32))",
                "DateTime64(3, 'UTC') | DateTime64(6, 'UTC') | DateTime64(6, 'UTC')"
            })
    void widenToWhatHoldsBothOrStay(String has, String wanted, String widened) {
        assertThat(CellTypes.widen(
                                CellTypes.parse(has).orElseThrow(),
                                CellTypes.parse(wanted).orElseThrow())
                        .ddl())
                .isEqualTo(widened);
    }

    private static SchemaBuilder declared(SchemaBuilder type, int length, int scale) {
        return type.parameters(Map.of(
                "__debezium.source.column.length", Integer.toString(length),
                "__debezium.source.column.scale", Integer.toString(scale)));
    }
}
