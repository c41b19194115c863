package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Bits;
import io.debezium.data.Enum;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.failure.DataException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class DocumentWriterTest {

    private final DocumentWriter writer = new DocumentWriter(DecimalForm.TEXT);

    private String document(SampleTable table, Map<String, ?> values) throws DataException {
        return text(writer.write(table.row(values), Columns.ofRow(table.schema()), true));
    }

    private static String text(byte[] document) {
        return new String(document, UTF_8);
    }

    @Test
    void showsDatesAndTimesInIso8601() throws DataException {
        SampleTable table = new SampleTable()
                .column("day", "DATE", Date.builder())
                .column("clock", "TIME", MicroTime.builder())
                .column("local", "TIMESTAMP", MicroTimestamp.builder())
                .column("coarse", "TIMESTAMP", Timestamp.builder())
                .column("instant", "TIMESTAMPTZ", ZonedTimestamp.builder());

        assertThat(document(
                        table,
                        Map.of(
                                "day", -141_427,
                                "clock", 43_200_000_001L,
                                "local", -1L,
                                "coarse", 1_709_251_199_120L,
                                "instant", "2024-02-29T23:59:59.999999Z")))
                .isEqualTo("{\"day\":\"1582-10-15\",\"clock\":\"12:00:00.000001\","
                        + "\"local\":\"1969-12-31T23:59:59.999999\",\"coarse\":\"2024-02-29T23:59:59.12\","
                        + "\"instant\":\"2024-02-29T23:59:59.999999Z\"}");
    }

    @Test
    void showsWhatConnectsOwnDateTypesMean() throws DataException {
        SampleTable table = new SampleTable()
                .column("day", "DATE", org.apache.kafka.connect.data.Date.builder())
                .column("local", "TIMESTAMP", org.apache.kafka.connect.data.Timestamp.builder());

        assertThat(document(
                        table,
                        Map.of(
                                "day",
                                java.util.Date.from(Instant.ofEpochSecond(-86_400)),
                                "local",
                                java.util.Date.from(Instant.ofEpochMilli(-1)))))
                .isEqualTo("{\"day\":\"1969-12-31\",\"local\":\"1969-12-31T23:59:59.999\"}");
    }

    @Test
    void keepsEveryDigitOfADecimalInAllItsForms() throws DataException {
        BigDecimal large = new BigDecimal("-123456789012345678901234567890.1234567890");
        SampleTable table = new SampleTable()
                .column("asText", "NUMERIC", SchemaBuilder.string())
                .column("asBytes", "NUMERIC", Decimal.builder(10))
                .column("asStruct", "NUMERIC", VariableScaleDecimal.builder());
        Schema struct = VariableScaleDecimal.builder()
                .optional()
                .parameter("__debezium.source.column.type", "NUMERIC")
                .build();
        Map<String, Object> row = Map.of(
                "asText", large.toPlainString(),
                "asBytes", large,
                "asStruct", VariableScaleDecimal.fromLogical(struct, large));

        assertThat(document(table, row))
                .isEqualTo("{\"asText\":\"%1$s\",\"asBytes\":\"%1$s\",\"asStruct\":\"%1$s\"}".formatted(large));
        assertThat(text(new DocumentWriter(DecimalForm.NUMBER)
                        .write(table.row(row), Columns.ofRow(table.schema()), true)))
                .isEqualTo("{\"asText\":%1$s,\"asBytes\":%1$s,\"asStruct\":%1$s}".formatted(large));
    }

    @Test
    void staysValidJsonForANumberThatIsNone() throws DataException {
        SampleTable table = new SampleTable()
                .column("price", "NUMERIC", SchemaBuilder.string())
                .column("ratio", "FLOAT8", SchemaBuilder.float64());
        DocumentWriter numbers = new DocumentWriter(DecimalForm.NUMBER);

        assertThat(text(numbers.write(
                        table.row(Map.of("price", "NaN", "ratio", Double.NEGATIVE_INFINITY)),
                        Columns.ofRow(table.schema()),
                        true)))
                .isEqualTo("{\"price\":\"NaN\",\"ratio\":\"-Infinity\"}");
        assertThat(text(numbers.write("{\"ratio\":NaN}".getBytes(UTF_8), Columns.UNKNOWN, true)))
                .isEqualTo("{\"ratio\":\"NaN\"}");
    }

    @Test
    void nestsJsonAsItWasWritten() throws DataException {
        SampleTable table = new SampleTable().column("doc", "JSONB", Json.builder());

        for (String json : List.of(
                "{\"a\":[1,2.50,1e400,123456789012345678901234567890],\"b\":{\"c\":null,\"d\":\"\\u0000\\\"\\r\\n\"}}",
                "5",
                "\"text\"",
                "null",
                "true",
                "[]")) {
            assertThat(document(table, Map.of("doc", json))).isEqualTo("{\"doc\":" + json + "}");
        }
    }

    @Test
    void showsListsElementByElement() throws DataException {
        SampleTable table = new SampleTable()
                .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA))
                .column(
                        "days",
                        "_DATE",
                        SchemaBuilder.array(Date.builder().optional().build()))
                .column(
                        "docs",
                        "_JSONB",
                        SchemaBuilder.array(Json.builder().optional().build()));

        assertThat(document(
                        table,
                        Map.of(
                                "tags", Arrays.asList("a", null, "\"b\""),
                                "days", Arrays.asList(0, null),
                                "docs", List.of("{\"x\":1}"))))
                .isEqualTo("{\"tags\":[\"a\",null,\"\\\"b\\\"\"],\"days\":[\"1970-01-01\",null],\"docs\":[{\"x\":1}]}");
    }

    @Test
    void showsBytesInBase64AndATypeDebeziumDoesNotKnowAsText() throws DataException {
        SampleTable table = new SampleTable()
                .column("raw", "BYTEA", SchemaBuilder.bytes())
                .column("circle", "CIRCLE", SchemaBuilder.bytes())
                .column("flags", "BIT", Bits.builder(9));

        assertThat(document(
                        table,
                        Map.of(
                                "raw", ByteBuffer.wrap(new byte[] {0, -1, 127}),
                                "circle", ByteBuffer.wrap("<(1,2),3>".getBytes(UTF_8)),
                                "flags", ByteBuffer.wrap(new byte[] {5}))))
                .isEqualTo("{\"raw\":\"AP9/\",\"circle\":\"<(1,2),3>\",\"flags\":\"000000101\"}");
    }

    @Test
    void keepsPlainValuesAndNulls() throws DataException {
        SampleTable table = new SampleTable()
                .key("id", "INT8", SchemaBuilder.int64())
                .column("ok", "BOOL", SchemaBuilder.bool())
                .column("state", "MOOD", Enum.builder("sad,ok"))
                .column("uuid", "UUID", Uuid.builder())
                .column("note", "TEXT", SchemaBuilder.string())
                .column("day", "DATE", Date.builder());
        Map<String, Object> row = new HashMap<>(Map.of("id", Long.MAX_VALUE, "ok", false, "state", "sad"));
        row.put("uuid", "5d6bf4c0-0000-4000-8000-000000000000");
        row.put("note", "a \"quoted\"\r\n\u0000 \ud83d\ude00 text");

        assertThat(document(table, row))
                .isEqualTo("{\"id\":9223372036854775807,\"ok\":false,\"state\":\"sad\","
                        + "\"uuid\":\"5d6bf4c0-0000-4000-8000-000000000000\","
                        + "\"note\":\"a \\\"quoted\\\"\\r\\n\\u0000 \ud83d\ude00 text\",\"day\":null}");
    }

    @Test
    void passesEverythingWithoutASchema() throws DataException {
        String row = "{\"id\":1,\"price\":12.30,\"day\":19782,\"json\":\"{\\\"a\\\":1}\",\"list\":[1,[2,null]],"
                + "\"struct\":{\"big\":12345678901234567890.10}}";

        assertThat(text(writer.write(row.getBytes(UTF_8), Columns.UNKNOWN, true)))
                .isEqualTo(row);
    }

    @Test
    void givesEachDocumentItsOwnBytes() throws DataException {
        byte[] first = writer.write("{\"id\":1}".getBytes(UTF_8), Columns.UNKNOWN, true);
        writer.write("{\"id\":2,\"more\":true}".getBytes(UTF_8), Columns.UNKNOWN, true);

        assertThat(text(first)).isEqualTo("{\"id\":1}");
    }
}
