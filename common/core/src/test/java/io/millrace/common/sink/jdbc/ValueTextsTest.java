package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.serde.ValueReader;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of a change as the text that Postgres reads. */
class ValueTextsTest {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String PLACEHOLDER = "\"__debezium_unavailable_value\"";

    @Test
    void scalarsAreWhatTheyAre() throws Exception {
        assertThat(text("INT8", SchemaBuilder.int64(), "-7")).isEqualTo("-7");
        assertThat(text("BOOL", SchemaBuilder.bool(), "true")).isEqualTo("true");
        assertThat(text("TEXT", SchemaBuilder.string(), "\"a\\\"b\"")).isEqualTo("a\"b");
        assertThat(text("NUMERIC", SchemaBuilder.string(), "\"12.50\"")).isEqualTo("12.50");
        assertThat(text("JSONB", SchemaBuilder.string().name("io.debezium.data.Json"), "\"[1, 2]\""))
                .isEqualTo("[1, 2]");
        assertThat(text("TEXT", SchemaBuilder.string(), "null")).isNull();
    }

    @Test
    void bytesAreHexadecimal() throws Exception {
        assertThat(text("BYTEA", SchemaBuilder.bytes(), "\"AP8Q\"")).isEqualTo("\\x00ff10");
        refuses("BYTEA", SchemaBuilder.bytes(), "\"?\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Date, 19782, 2024-02-29",
        "MicroTime, 36672123456, 10:11:12.123456",
        "Timestamp, 1709201472000, 2024-02-29 10:11:12",
        "MicroTimestamp, 1709201472123456, 2024-02-29 10:11:12.123456",
        "NanoTimestamp, 1709201472123456000, 2024-02-29 10:11:12.123456"
    })
    void timesHaveTheFormThatPostgresReads(String type, String number, String text) throws Exception {
        SchemaBuilder schema = type.equals("Date") ? SchemaBuilder.int32() : SchemaBuilder.int64();

        assertThat(text("X", schema.name("io.debezium.time." + type), number)).isEqualTo(text);
    }

    @Test
    void nothingIsRoundedAway() {
        refuses("X", SchemaBuilder.int64().name("io.debezium.time.NanoTimestamp"), "1");
    }

    @Test
    void listsAreArrayLiterals() throws Exception {
        assertThat(text("_TEXT", list(SchemaBuilder.string()), "[]")).isEqualTo("{}");
        assertThat(text("_TEXT", list(SchemaBuilder.string()), "[\"a\",null,\"NULL\",\"b\\\"c\\\\\"]"))
                .isEqualTo("{\"a\",NULL,\"NULL\",\"b\\\"c\\\\\"}");
        assertThat(text("_INT4", list(SchemaBuilder.int32()), "[[1,2],[3,null]]"))
                .isEqualTo("{{\"1\",\"2\"},{\"3\",NULL}}");
    }

    @Test
    void whatIsNoListIsRefusedWhereOneIsDue() {
        refuses("_TEXT", list(SchemaBuilder.string()), "\"{a}\"");
    }

    @Test
    void thePlaceholderOfALargeValueIsRefusedAloneAndInAList() throws Exception {
        refuses("TEXT", SchemaBuilder.string(), PLACEHOLDER);
        refuses("_TEXT", list(SchemaBuilder.string()), "[" + PLACEHOLDER + "]");
        assertThat(text(new ValueReader(false), "TEXT", SchemaBuilder.string(), PLACEHOLDER))
                .as("where a row cannot hold one, it is a text like any other")
                .isEqualTo("__debezium_unavailable_value");
    }

    private static SchemaBuilder list(SchemaBuilder items) {
        Schema optional = items.optional().build();
        return SchemaBuilder.array(optional);
    }

    private static void refuses(String type, SchemaBuilder schema, String json) {
        assertThatThrownBy(() -> text(type, schema, json))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"c\" ");
    }

    private static @Nullable String text(String type, SchemaBuilder schema, String json) throws Exception {
        return text(new ValueReader(true), type, schema, json);
    }

    private static @Nullable String text(ValueReader values, String type, SchemaBuilder schema, String json)
            throws Exception {
        SampleTable table = new SampleTable().column("c", type, schema);
        Column column = Objects.requireNonNull(Columns.ofRow(table.schema()).get("c"));
        try (JsonParser row = JSON.createParser(json)) {
            row.nextToken();
            return new ValueTexts(values).text(row, column);
        }
    }
}
