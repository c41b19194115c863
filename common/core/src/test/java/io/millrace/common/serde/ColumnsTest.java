package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.data.Bits;
import io.debezium.data.Enum;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.data.Xml;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTime;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @Test
    void readsTheColumnsOfRowAndKeyInTheirOrder() throws DataException {
        RowSchema schema = new SampleTable()
                .key("tenant", "TEXT", SchemaBuilder.string())
                .key("id", "INT8", SchemaBuilder.int64())
                .column("name", "VARCHAR", SchemaBuilder.string())
                .schema();

        assertThat(Columns.ofKey(schema).all()).extracting(Column::name).containsExactly("tenant", "id");
        assertThat(Columns.ofRow(schema).all()).extracting(Column::name).containsExactly("tenant", "id", "name");
        assertThat(Columns.ofRow(schema).get("id").optional()).isFalse();
        assertThat(Columns.ofRow(schema).get("name").optional()).isTrue();
    }

    @Test
    void takesWhatAKeyDoesNotTellFromTheRow() throws DataException {
        RowSchema schema = new SampleTable().numericKey("id", 12, 2).schema();
        RowSchema alone = new RowSchema(schema.key(), new byte[0]);

        assertThat(Columns.ofKey(schema).get("id").kind()).isEqualTo(ColumnKind.TEXT);
        assertThat(Columns.ofKeyInRow(schema).get("id"))
                .isEqualTo(Columns.ofRow(schema).get("id"));
        assertThat(Columns.ofKeyInRow(alone).get("id").kind()).isEqualTo(ColumnKind.TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "INT2, INTEGER",
        "FLOAT8, FLOAT",
        "BOOL, BOOLEAN",
        "TEXT, TEXT",
        "VARCHAR, TEXT",
        "NUMERIC, DECIMAL",
        "UUID, KEYWORD",
        "MOOD, KEYWORD",
        "INET, KEYWORD",
        "JSONB, JSON",
        "XML, TEXT",
        "BYTEA, BYTES",
        "DATE, DATE",
        "TIME, TIME",
        "TIMETZ, TIME",
        "TIMESTAMP, TIMESTAMP",
        "TIMESTAMPTZ, TIMESTAMP_TZ",
        "CIRCLE, OTHER",
        "BIT, OTHER",
        "MONEY, KEYWORD"
    })
    void tellsWhatAColumnHolds(String sourceType, ColumnKind kind) throws DataException {
        SampleTable table = new SampleTable().column("c", sourceType, typeOf(sourceType));

        assertThat(Columns.ofRow(table.schema()).get("c").kind()).isEqualTo(kind);
        assertThat(Columns.ofRow(table.schema()).get("c").sourceType()).isEqualTo(sourceType);
    }

    private static SchemaBuilder typeOf(String sourceType) {
        return switch (sourceType) {
            case "INT2" -> SchemaBuilder.int16();
            case "FLOAT8" -> SchemaBuilder.float64();
            case "BOOL" -> SchemaBuilder.bool();
            case "UUID" -> Uuid.builder();
            case "MOOD" -> Enum.builder("sad,ok");
            case "JSONB" -> Json.builder();
            case "XML" -> Xml.builder();
            case "BYTEA", "CIRCLE" -> SchemaBuilder.bytes();
            case "DATE" -> Date.builder();
            case "TIME" -> MicroTime.builder();
            case "TIMETZ" -> ZonedTime.builder();
            case "TIMESTAMP" -> MicroTimestamp.builder();
            case "TIMESTAMPTZ" -> ZonedTimestamp.builder();
            case "BIT" -> Bits.builder(9);
            default -> SchemaBuilder.string();
        };
    }

    @Test
    void tellsWhatAListHolds() throws DataException {
        RowSchema schema = new SampleTable()
                .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA))
                .column(
                        "prices",
                        "_NUMERIC",
                        SchemaBuilder.array(SchemaBuilder.string().optional().build()))
                .column(
                        "days",
                        "_DATE",
                        SchemaBuilder.array(Date.builder().optional().build()))
                .schema();

        Columns columns = Columns.ofRow(schema);
        assertThat(columns.get("tags").kind()).isEqualTo(ColumnKind.ARRAY);
        assertThat(columns.get("tags").items().kind()).isEqualTo(ColumnKind.TEXT);
        assertThat(columns.get("prices").items().kind()).isEqualTo(ColumnKind.DECIMAL);
        assertThat(columns.get("days").items().kind()).isEqualTo(ColumnKind.DATE);
    }

    @Test
    void knowsTheScaleOfADecimal() throws DataException {
        RowSchema schema = new SampleTable()
                .column("fixed", "NUMERIC", Decimal.builder(7))
                .column("free", "NUMERIC", VariableScaleDecimal.builder())
                .schema();

        assertThat(Columns.ofRow(schema).get("fixed").size()).isEqualTo(7);
        assertThat(Columns.ofRow(schema).get("fixed").encoding()).isEqualTo(ValueEncoding.DECIMAL_BYTES);
        assertThat(Columns.ofRow(schema).get("free").encoding()).isEqualTo(ValueEncoding.DECIMAL_STRUCT);
    }

    @Test
    void readsASchemaOnce() throws DataException {
        SampleTable table = new SampleTable().column("c", "INT4", SchemaBuilder.int32());
        RowSchema schema = table.schema();

        assertThat(Columns.ofRow(schema)).isSameAs(Columns.ofRow(schema)).isSameAs(Columns.ofRow(table.schema()));
    }

    @Test
    void forgetsTheSchemaThatWasLongestUnused() throws DataException {
        SchemaCache cache = new SchemaCache(1, 2);
        RowSchema first = schemaOf("first");
        SchemaCache.Parsed parsed = cache.get(first);

        assertThat(cache.get(schemaOf("first"))).isSameAs(parsed);
        cache.get(schemaOf("second"));
        cache.get(schemaOf("third"));

        assertThat(cache.get(first)).isNotSameAs(parsed);
    }

    private static RowSchema schemaOf(String column) {
        return new SampleTable().column(column, "INT4", SchemaBuilder.int32()).schema();
    }

    @Test
    void knowsNothingWithoutASchema() throws DataException {
        assertThat(Columns.ofRow(null)).isSameAs(Columns.UNKNOWN);
        assertThat(Columns.ofKey(null).all()).isEmpty();
        assertThat(Columns.ofRow(new RowSchema(new byte[0], new byte[0])).all()).isEmpty();
        assertThat(Columns.ofRow(new RowSchema("null".getBytes(UTF_8), "{}".getBytes(UTF_8)))
                        .all())
                .isEmpty();
    }

    @Test
    void refusesASchemaThatIsNoJson() {
        RowSchema broken = new RowSchema("{}".getBytes(UTF_8), "{secret".getBytes(UTF_8));

        assertThatThrownBy(() -> Columns.ofRow(broken))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("schema of the value is not JSON")
                .hasMessageNotContaining("secret");
    }
}
