package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.SampleTable;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class ColumnMappingsTest {

    private static String mapping(String sourceType, SchemaBuilder type) throws DataException {
        SampleTable table = new SampleTable().column("c", sourceType, type);
        return ColumnMappings.of(Columns.ofRow(table.schema()).get("c")).toString();
    }

    @Test
    void mapsWhatIsCounted() throws DataException {
        assertThat(mapping("INT4", SchemaBuilder.int32())).isEqualTo("{\"type\":\"long\"}");
        assertThat(mapping("INT8", SchemaBuilder.int64())).isEqualTo("{\"type\":\"long\"}");
        assertThat(mapping("BOOL", SchemaBuilder.bool())).isEqualTo("{\"type\":\"boolean\"}");
        assertThat(mapping("FLOAT8", SchemaBuilder.float64()))
                .isEqualTo("{\"type\":\"double\",\"ignore_malformed\":true}");
    }

    @Test
    void mapsADecimalForRangesAndForItsExactValue() throws DataException {
        assertThat(mapping("NUMERIC", SchemaBuilder.string()))
                .isEqualTo("{\"type\":\"double\",\"ignore_malformed\":true,"
                        + "\"fields\":{\"exact\":{\"type\":\"keyword\",\"ignore_above\":256}}}");
    }

    @Test
    void mapsText() throws DataException {
        assertThat(mapping("TEXT", SchemaBuilder.string()))
                .isEqualTo("{\"type\":\"text\",\"fields\":{\"keyword\":{\"type\":\"keyword\",\"ignore_above\":256}}}");
        assertThat(mapping("UUID", Uuid.builder())).contains("\"keyword\"").doesNotContain("text");
        assertThat(mapping("TIME", MicroTime.builder())).contains("\"keyword\"");
        assertThat(mapping("BYTEA", SchemaBuilder.bytes())).isEqualTo("{\"type\":\"binary\"}");
    }

    @Test
    void mapsDates() throws DataException {
        assertThat(mapping("DATE", Date.builder())).contains("\"date\"").contains("strict_date_optional_time");
        assertThat(mapping("TIMESTAMPTZ", ZonedTimestamp.builder())).contains("\"date\"");
    }

    @Test
    void letsNoJsonIntoTheMapping() throws DataException {
        assertThat(mapping("JSONB", Json.builder())).isEqualTo("{\"type\":\"object\",\"enabled\":false}");
    }

    @Test
    void mapsAListAsItsElements() throws DataException {
        assertThat(mapping("_INT4", SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA)))
                .isEqualTo("{\"type\":\"long\"}");
    }
}
