package io.millrace.common.sink.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.event.SourcePosition;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.clickhouse.type.CellTypes;
import io.millrace.common.sink.clickhouse.type.RowBinary;
import io.millrace.testing.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a plain row without a parser is what a parser would have made of it. */
class PlainRowsTest {

    private static final int MUTATIONS = 30_000;

    private static final SampleTable TABLE = new SampleTable()
            .key("id", "INT8", SchemaBuilder.int64())
            .column("small", "INT2", SchemaBuilder.int16())
            .column("name", "TEXT", SchemaBuilder.string())
            .column("score", "FLOAT8", SchemaBuilder.float64())
            .column("ratio", "FLOAT4", SchemaBuilder.float32())
            .column("active", "BOOL", SchemaBuilder.bool())
            .column("local", "TIMESTAMP", MicroTimestamp.builder())
            .column("instant", "TIMESTAMPTZ", ZonedTimestamp.builder())
            .column("amount", "NUMERIC", SchemaBuilder.string())
            .column("day", "DATE", Date.builder())
            .column("owner", "UUID", Uuid.builder())
            .column("profile", "JSONB", Json.builder())
            .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA))
            .column("note", "TEXT", SchemaBuilder.string());

    private static final RowSchema SCHEMA = TABLE.schema();

    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("id", 7L),
            Map.entry("small", (short) -300),
            Map.entry("name", "Zoë 中"),
            Map.entry("score", -1.5e-7),
            Map.entry("ratio", 0.1f),
            Map.entry("active", true),
            Map.entry("amount", "-10.50"),
            Map.entry("local", -1L),
            Map.entry("instant", "2024-02-29T23:59:59.000007Z"),
            Map.entry("day", 19_000),
            Map.entry("owner", "0f8fad5b-d9cb-469f-a165-70867728950e"),
            Map.entry("profile", "{\"a\": [1, {\"b\": \"\\u00e9\"}], \"c\": null}"),
            Map.entry("tags", List.of("new", "a\"b")));

    @Test
    void writesAPlainRow() throws Exception {
        RowBinary rows = new RowBinary(0);
        PlainRows plain = new PlainRows(columns(), rows);

        assertThat(plain.takes(Columns.ofRow(SCHEMA).plain())).isTrue();
        assertThat(plain.write(TABLE.row(VALUES), Columns.ofRow(SCHEMA).plain()))
                .isTrue();
        assertThat(rows.size()).isPositive();
        assertThat(encoded(new String(TABLE.row(VALUES), UTF_8)))
                .isEqualTo(parsed(new String(TABLE.row(VALUES), UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1900-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2023-02-29T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:00.1234567Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00Z",
                "+12026-01-01T00:00:00Z",
                "2026-01-01T00:00:00+01:00",
                "2299-12-31T23:59:59Z",
                "2300-01-01T00:00:00Z",
            })
    void takesATimeAsAParserDoes(String instant) throws Exception {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.put("instant", instant);
        String row = new String(TABLE.row(values), UTF_8);

        assertThat(encoded(row)).isEqualTo(parsed(row));
    }

    @Test
    void writesTheSameOfRowsThatAreWrongOrUnusual() throws Exception {
        String row = new String(TABLE.row(VALUES), UTF_8);
        PlainRows plain = new PlainRows(columns(), new RowBinary(0));
        int written = 0;

        for (byte[] mutated : new Mutations(15).of(row, MUTATIONS).toList()) {
            written += plain.write(mutated, Columns.ofRow(SCHEMA).plain()) ? 1 : 0;
            assertThat(encoded(mutated)).as(new String(mutated, UTF_8)).isEqualTo(parsed(mutated));
        }

        assertThat(written).isBetween(MUTATIONS / 50, MUTATIONS * 19 / 20);
    }

    @Test
    void takesNoRowsWhoseColumnsStandOtherwise() throws Exception {
        List<TableColumn> columns = columns();
        List<TableColumn> others = List.of(columns.get(0), columns.get(2), columns.get(1));

        assertThat(new PlainRows(others, new RowBinary(0))
                        .takes(Columns.ofRow(SCHEMA).plain()))
                .isFalse();
    }

    private static List<TableColumn> columns() throws DataException {
        return Columns.ofRow(SCHEMA).all().stream()
                .map(column -> new TableColumn(
                        column.name(),
                        column.name().equals("id") ? CellTypes.ofKey(column) : CellTypes.of(column, true),
                        column.name().equals("id")))
                .toList();
    }

    private static String encoded(String row) throws Exception {
        return encoded(row.getBytes(UTF_8));
    }

    private static String parsed(String row) throws Exception {
        return parsed(row.getBytes(UTF_8));
    }

    /** A space makes a row one for the parser. */
    private static String parsed(byte[] row) throws Exception {
        byte[] spaced = new byte[row.length + 1];
        spaced[0] = ' ';
        System.arraycopy(row, 0, spaced, 1, row.length);
        return encoded(spaced);
    }

    /** Returns the bytes, or that there are none. */
    private static String encoded(byte[] row) throws IOException {
        try {
            RowEncoder encoder = new RowEncoder(columns(), 0);
            encoder.write(change(row));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            encoder.rows().writeTo(out);
            return HexFormat.of().formatHex(out.toByteArray());
        } catch (DataException e) {
            return "refused";
        }
    }

    private static RowChange change(byte[] row) {
        SourcePosition nowhere = new SourcePosition(0, 0, 0, false, null);
        return new RowChange(
                "public.sample", Operation.CREATE, 5, "{\"id\":7}".getBytes(UTF_8), null, row, SCHEMA, nowhere, null);
    }
}
