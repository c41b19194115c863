package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.data.Json;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.millrace.common.failure.DataException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentWriterLimitsTest {

    private static final String PLACEHOLDER = "__debezium_unavailable_value";

    private final DocumentWriter writer = new DocumentWriter(DecimalForm.TEXT);

    private AbstractThrowableAssert<?, ?> assertRefused(byte[] row, Columns columns) {
        return assertThatThrownBy(() -> writer.write(row, columns, true))
                .isInstanceOf(DataException.class)
                .hasNoCause();
    }

    private AbstractThrowableAssert<?, ?> assertRefused(SampleTable table, Map<String, ?> row) throws DataException {
        return assertRefused(table.row(row), Columns.ofRow(table.schema()));
    }

    private static SampleTable jsonTable() {
        return new SampleTable().column("doc", "JSONB", Json.builder());
    }

    @Test
    void refusesADocumentDeeperThanTheLimitAndTakesOneAtTheLimit() throws DataException {
        String atLimit = "[".repeat(63) + "]".repeat(63);
        SampleTable table = jsonTable();

        assertThat(writer.write(table.row(Map.of("doc", atLimit)), Columns.ofRow(table.schema()), true))
                .isNotEmpty();
        assertRefused(table, Map.of("doc", "[" + atLimit + "]")).hasMessageContaining("deeper than 64");
        assertRefused(table, Map.of("doc", "[".repeat(100_000))).hasMessageContaining("deeper than 64");
        assertRefused(("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8), Columns.UNKNOWN)
                .hasMessageContaining("deeper than 64");
    }

    @Test
    void refusesADocumentLargerThanTheLimitAndTakesOneAtTheLimit() throws DataException {
        int frame = "{\"a\":\"\"}".length();
        String atLimit = "x".repeat(DocumentWriter.MOST_BYTES - frame);

        assertThat(writer.write(("{\"a\":\"" + atLimit + "\"}").getBytes(UTF_8), Columns.UNKNOWN, true))
                .hasSize(DocumentWriter.MOST_BYTES);
        assertRefused(("{\"a\":\"" + atLimit + "x\"}").getBytes(UTF_8), Columns.UNKNOWN)
                .hasMessage("the document is larger than 1048576 bytes");
        assertThat(writer.write("{\"a\":1}".getBytes(UTF_8), Columns.UNKNOWN, true))
                .hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"b\":{\"a\":1,\"a\":2}}"})
    void refusesAFieldNamedTwice(String json) throws DataException {
        assertRefused(json.getBytes(UTF_8), Columns.UNKNOWN).hasMessageContaining("names a field twice");
        assertRefused(jsonTable(), Map.of("doc", json)).hasMessageContaining("names a field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "5", "{", "{\"a\":}", "{\"a\":1}{}", "{'secret':1}", "secret"})
    void refusesWhatIsNoObject(String row) {
        assertRefused(row.getBytes(UTF_8), Columns.UNKNOWN).hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "secret", "{} {}", "[1,]"})
    void refusesAJsonColumnThatHoldsNone(String json) throws DataException {
        assertRefused(jsonTable(), Map.of("doc", json))
                .hasMessageContaining("\"doc\"")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesThePlaceholderOfALargeValueWhereverItStands() throws DataException {
        SampleTable table = new SampleTable()
                .column("bio", "TEXT", SchemaBuilder.string())
                .column("doc", "JSONB", Json.builder())
                .column("price", "NUMERIC", SchemaBuilder.string())
                .column("raw", "BYTEA", SchemaBuilder.bytes())
                .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA));
        for (Map<String, ?> row : List.of(
                Map.of("bio", PLACEHOLDER),
                Map.of("doc", PLACEHOLDER),
                Map.of("price", PLACEHOLDER),
                Map.of("raw", ByteBuffer.wrap(PLACEHOLDER.getBytes(UTF_8))),
                Map.of("tags", List.of(PLACEHOLDER)))) {
            assertRefused(table, row).hasMessageContaining("placeholder");
            assertRefused(table.row(row), Columns.UNKNOWN).hasMessageContaining("placeholder");
        }
        assertRefused(("{\"s\":{\"v\":\"" + PLACEHOLDER + "\"}}").getBytes(UTF_8), Columns.UNKNOWN)
                .hasMessageContaining("placeholder");
    }

    @ParameterizedTest
    @ValueSource(strings = {PLACEHOLDER, "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ=="})
    void takesTheSameTextForSomebodysOwnWhereThereIsNoPlaceholder(String text) throws DataException {
        byte[] row = ("{\"bio\":\"" + text + "\",\"tags\":[\"" + text + "\"],\"s\":{\"v\":\"" + text + "\"}}")
                .getBytes(UTF_8);

        assertThat(writer.write(row, Columns.UNKNOWN, false)).isEqualTo(row);
        assertRefused(row, Columns.UNKNOWN).hasMessageContaining("column \"bio\"");
    }

    @Test
    void takesItInAColumnOfVariableDecimalsToo() {
        byte[] row = ("{\"v\":{\"scale\":1,\"value\":\"" + PLACEHOLDER + "\"}}").getBytes(UTF_8);

        assertRefused(row, Columns.UNKNOWN).hasMessageContaining("column \"v\"");
    }

    @Test
    void keepsHalfASurrogatePairEscaped() throws DataException {
        byte[] row = "{\"a\":\"\\uD800\"}".getBytes(UTF_8);

        assertThat(writer.write(row, Columns.UNKNOWN, true)).isEqualTo(row);
    }

    @Test
    void letsATextMentionThePlaceholder() throws DataException {
        String row = "{\"bio\":\"see " + PLACEHOLDER + "\"}";

        assertThat(writer.write(row.getBytes(UTF_8), Columns.UNKNOWN, true)).isEqualTo(row.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"day\":\"secret\"}",
                "{\"day\":1.5}",
                "{\"day\":99999999999}",
                "{\"day\":true}",
                "{\"day\":{\"a\":1}}",
                "{\"clock\":-1}",
                "{\"clock\":123456789012345678901234567890}",
                "{\"price\":12}",
                "{\"doc\":{\"a\":1}}"
            })
    void refusesAValueThatDoesNotFitItsSchema(String row) throws DataException {
        SampleTable table = new SampleTable()
                .column("day", "DATE", Date.builder())
                .column("clock", "TIME", MicroTime.builder())
                .column("price", "NUMERIC", SchemaBuilder.string())
                .column("doc", "JSONB", Json.builder());

        assertRefused(row.getBytes(UTF_8), Columns.ofRow(table.schema()))
                .hasMessageContaining("holds a value that is no")
                .hasMessageNotContaining("secret");
    }
}
