package io.millrace.common.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.debezium.data.Json;
import io.debezium.data.SpecialValueDecimal;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.failure.DataException;
import io.millrace.testing.Mutations;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a plain row without a parser is what a parser would have made of it. */
class PlainDocumentsTest {

    private static final int MUTATIONS = 30_000;

    private static final SampleTable TABLE = new SampleTable()
            .key("id", "INT8", SchemaBuilder.int64())
            .column("name", "TEXT", SchemaBuilder.string())
            .column("score", "FLOAT8", SchemaBuilder.float64())
            .column("active", "BOOL", SchemaBuilder.bool())
            .column("day", "DATE", Date.builder())
            .column("local", "TIMESTAMP", MicroTimestamp.builder())
            .column("instant", "TIMESTAMPTZ", ZonedTimestamp.builder())
            .column("price", "NUMERIC", Decimal.builder(2))
            .column("amount", "NUMERIC", SchemaBuilder.string())
            .column("profile", "JSONB", Json.builder())
            .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA))
            .column(
                    "days",
                    "_DATE",
                    SchemaBuilder.array(Date.builder().optional().build()))
            .column("weight", "NUMERIC", VariableScaleDecimal.builder())
            .column("note", "TEXT", SchemaBuilder.string());

    private static final Map<String, ?> VALUES = Map.ofEntries(
            Map.entry("id", 7L),
            Map.entry("name", "Zoë \"}{\"\n\\ 中"),
            Map.entry("score", -1.5e-7),
            Map.entry("active", true),
            Map.entry("day", -141_427),
            Map.entry("local", -1L),
            Map.entry("instant", "2024-02-29T23:59:59Z"),
            Map.entry("price", new BigDecimal("-10.50")),
            Map.entry("amount", "1.50"),
            Map.entry("profile", "{\"a\": [1, {\"b\": \"\\u00e9\"}], \"c\": null}"),
            Map.entry("tags", Arrays.asList("new", null, "a\"b")),
            Map.entry("days", List.of(0, 19_000)),
            Map.entry(
                    "weight",
                    VariableScaleDecimal.fromLogical(
                            VariableScaleDecimal.builder()
                                    .optional()
                                    .parameter("__debezium.source.column.type", "NUMERIC")
                                    .build(),
                            new SpecialValueDecimal(new BigDecimal("1.250")))));

    private final Mutations mutations = new Mutations(11);

    @ParameterizedTest
    @EnumSource
    void makesTheSameOfARowOfEveryKind(DecimalForm decimals) throws Exception {
        byte[] row = TABLE.row(VALUES);

        assertThat(plain(decimals, row, TABLE, true)).isNotNull().isEqualTo(parsed(decimals, row, TABLE, true));
    }

    @ParameterizedTest
    @EnumSource
    void makesTheSameOrNothingOfRowsThatAreWrongOrUnusual(DecimalForm decimals) throws Exception {
        String row = new String(TABLE.row(VALUES), UTF_8);
        int made = 0;

        for (byte[] mutated : mutations.of(row, MUTATIONS).toList()) {
            byte[] document = plain(decimals, mutated, TABLE, true);
            if (document != null) {
                made++;
                assertThat(new String(document, UTF_8))
                        .as(new String(mutated, UTF_8))
                        .isEqualTo(new String(parsed(decimals, mutated, TABLE, true), UTF_8));
            }
        }

        assertThat(made).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    @Test
    void givesARowBackThatIsItsDocument() throws Exception {
        SampleTable table = new SampleTable()
                .key("id", "INT8", SchemaBuilder.int64())
                .column("name", "TEXT", SchemaBuilder.string());
        byte[] row = table.row(Map.of("id", 1L, "name", "Ada"));

        assertThat(new DocumentWriter(DecimalForm.TEXT).write(row, Columns.ofRow(table.schema()), false))
                .isSameAs(row);
    }

    @Test
    void leavesAPlaceholderToAParser() throws Exception {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.put("name", "__debezium_unavailable_value");
        byte[] row = TABLE.row(values);

        assertThat(plain(DecimalForm.TEXT, row, TABLE, true)).isNull();
        assertThat(plain(DecimalForm.TEXT, row, TABLE, false)).isNotNull();
    }

    @Test
    void leavesAPlaceholderInAListToAParser() throws Exception {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.put("tags", List.of("__debezium_unavailable_value"));
        byte[] row = TABLE.row(values);

        assertThat(plain(DecimalForm.TEXT, row, TABLE, true)).isNull();
        assertThat(plain(DecimalForm.TEXT, row, TABLE, false)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63, 64})
    void nestsJsonAsDeeplyAsAParserDoes(int depth) throws Exception {
        SampleTable table =
                new SampleTable().key("id", "INT8", SchemaBuilder.int64()).column("profile", "JSONB", Json.builder());
        byte[] row = table.row(Map.of("id", 1L, "profile", "[".repeat(depth) + "]".repeat(depth)));
        boolean fits = depth < DocumentWriter.MOST_DEPTH;

        assertThat(plain(DecimalForm.TEXT, row, table, false) != null).isEqualTo(fits);
        assertThat(isParsed(row, table)).isEqualTo(fits);
    }

    @Test
    void leavesColumnsWhoseNamesAreEscapedToAParser() throws Exception {
        SampleTable table = new SampleTable().key("a\"b", "INT8", SchemaBuilder.int64());
        byte[] row = "{\"a\"b\":1}".getBytes(UTF_8);

        assertThat(plain(DecimalForm.TEXT, row, table, false)).isNull();
        assertThat(plain(DecimalForm.TEXT, table.row(Map.of("a\"b", 1L)), table, false))
                .isNull();
    }

    private static byte[] plain(DecimalForm decimals, byte[] row, SampleTable table, boolean mayHoldPlaceholder)
            throws IOException {
        try {
            return new PlainDocuments(decimals, new BoundedBytes(DocumentWriter.MOST_BYTES))
                    .write(row, Columns.ofRow(table.schema()).plain(), mayHoldPlaceholder);
        } catch (DataException e) {
            return null;
        }
    }

    private static boolean isParsed(byte[] row, SampleTable table) throws Exception {
        try {
            return parsed(DecimalForm.TEXT, row, table, false).length > 0;
        } catch (StreamConstraintsException e) {
            return false;
        }
    }

    private static byte[] parsed(DecimalForm decimals, byte[] row, SampleTable table, boolean mayHoldPlaceholder)
            throws Exception {
        return new DocumentWriter(decimals).parsed(row, Columns.ofRow(table.schema()), mayHoldPlaceholder);
    }
}
