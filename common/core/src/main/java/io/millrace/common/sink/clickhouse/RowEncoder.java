package io.millrace.common.sink.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.Columns;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.PlainColumns;
import io.millrace.common.serde.ValueReader;
import io.millrace.common.sink.clickhouse.type.RowBinary;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes of one table as rows of some columns, in one pass over each row's JSON. A deleted row has its key, and
 * defaults besides. Not for several threads.
 */
final class RowEncoder {

    private static final JsonFactory JSON = json(DocumentWriter.MOST_DEPTH);

    private final List<TableColumn> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<RowSchema, Types> types = new HashMap<>();
    private final ValueReader trusting = new ValueReader(false);
    private final ValueReader refusing = new ValueReader(true);
    private final RowBinary scratch = new RowBinary(1024);
    private final RowBinary rows;
    private final PlainRows plain;
    private @Nullable RowSchema lastSchema;
    private @Nullable Types lastTypes;

    /**
     * What a schema says of each column; null of one that it does not have.
     *
     * @param plain null if no row of the schema can be written without a parser
     */
    private record Types(
            @Nullable Column[] row,
            @Nullable Column[] key,
            @Nullable PlainColumns plain) {}

    RowEncoder(List<TableColumn> columns, int expectedBytes) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
        }
        this.rows = new RowBinary(expectedBytes);
        this.plain = new PlainRows(columns, rows);
        writeHeader();
    }

    /** Returns what reads JSON up to a depth. */
    static JsonFactory json(int depth) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /** Names and types, by which ClickHouse refuses rows that are made for another table than there is. */
    private void writeHeader() {
        rows.writeLength(columns.size() + 2);
        columns.forEach(column -> rows.writeText(column.name()));
        rows.writeText(ClickHouseRoute.VERSION);
        rows.writeText(ClickHouseRoute.DELETED);
        columns.forEach(column -> rows.writeText(column.spelling()));
        rows.writeText("UInt64");
        rows.writeText("UInt8");
    }

    /** Returns what was written. */
    RowBinary rows() {
        return rows;
    }

    /**
     * Appends a row.
     *
     * @throws DataException if the table cannot hold the row as it is; nothing is appended then
     */
    void write(RowChange change) throws DataException {
        int begin = rows.size();
        try {
            Types types = types(Objects.requireNonNull(change.schema()));
            byte[] after = change.after();
            byte[] json = after == null ? change.key() : after;
            PlainColumns plainly = after == null || change.mayHoldPlaceholder() ? null : types.plain();
            if (plainly == null || !plain.write(json, plainly)) {
                writeValues(
                        json,
                        after == null ? types.key() : types.row(),
                        change.mayHoldPlaceholder() ? refusing : trusting);
            }
            rows.writeLittleEndian(change.version(), 8);
            rows.writeLittleEndian(after == null ? 1 : 0, 1);
        } catch (DataException e) {
            rows.cutTo(begin);
            throw e;
        } catch (StreamConstraintsException e) {
            rows.cutTo(begin);
            throw new DataException(
                    "the row is nested deeper than " + DocumentWriter.MOST_DEPTH + ", or holds an oversized number");
        } catch (IOException e) {
            rows.cutTo(begin);
            throw ValueReader.notJson("the row", e);
        }
    }

    /** Neighbours have the same schema, most often the same object: comparing kilobytes of it is for the others. */
    private Types types(RowSchema schema) throws DataException {
        Types known = lastTypes;
        if (known != null && schema.equals(lastSchema)) {
            return known;
        }
        known = types.get(schema);
        if (known == null) {
            PlainColumns row = Columns.ofRow(schema).plain();
            known = new Types(
                    aligned(Columns.ofRow(schema)), aligned(Columns.ofKeyInRow(schema)), plain.takes(row) ? row : null);
            types.put(schema, known);
        }
        lastSchema = schema;
        lastTypes = known;
        return known;
    }

    private @Nullable Column[] aligned(Columns known) {
        return columns.stream().map(column -> known.get(column.name())).toArray(Column[]::new);
    }

    /** Rows come with their columns in the order of their schema, and so of the table: then each value has its place. */
    private void writeValues(byte[] json, @Nullable Column[] types, ValueReader values)
            throws IOException, DataException {
        int begin = rows.size();
        int next = 0;
        try (JsonParser row = JSON.createParser(json)) {
            requireObject(row);
            for (String name = row.nextFieldName(); name != null; name = row.nextFieldName()) {
                row.nextToken();
                int place = place(name, next);
                if (place < next || isKeyAmong(next, place)) {
                    rows.cutTo(begin);
                    writeUnordered(json, types, values);
                    return;
                }
                fillTo(place, next);
                write(row, place, types, values, rows);
                next = place + 1;
            }
        }
        fillTo(columns.size(), next);
    }

    private static void requireObject(JsonParser row) throws IOException, DataException {
        if (row.nextToken() != JsonToken.START_OBJECT) {
            throw new DataException("the row is not a JSON object");
        }
    }

    private int place(String name, int expected) throws DataException {
        if (expected < columns.size() && columns.get(expected).name().equals(name)) {
            return expected;
        }
        Integer place = places.get(name);
        if (place == null) {
            throw new DataException("the row has a column \"" + name + "\", which its schema does not name");
        }
        return place;
    }

    /** A column of the key is always there: one that was not met yet comes later. */
    private boolean isKeyAmong(int from, int to) {
        for (int i = from; i < to; i++) {
            if (columns.get(i).key()) {
                return true;
            }
        }
        return false;
    }

    private void fillTo(int place, int next) throws DataException {
        for (int i = next; i < place; i++) {
            if (columns.get(i).key()) {
                throw new DataException(
                        "the row has no column \"" + columns.get(i).name() + "\", which is of its key");
            }
            columns.get(i).type().writeDefault(rows);
        }
    }

    private void write(JsonParser row, int place, @Nullable Column[] types, ValueReader values, RowBinary out)
            throws IOException, DataException {
        TableColumn column = columns.get(place);
        Column type = types[place];
        if (type == null) {
            throw new DataException("the row has a column \"" + column.name() + "\", which its schema does not name");
        }
        if (row.currentToken() == JsonToken.VALUE_NULL && !column.type().takesNull()) {
            throw column.type().cannotHold(type, "holds null");
        }
        column.type().write(row, type, values, out);
    }

    private void writeUnordered(byte[] json, @Nullable Column[] types, ValueReader values)
            throws IOException, DataException {
        scratch.cutTo(0);
        int[] begins = new int[columns.size()];
        int[] ends = new int[columns.size()];
        try (JsonParser row = JSON.createParser(json)) {
            requireObject(row);
            for (String name = row.nextFieldName(); name != null; name = row.nextFieldName()) {
                row.nextToken();
                int place = place(name, 0);
                if (ends[place] > 0) {
                    throw new DataException("the row names the column \"" + name + "\" twice");
                }
                begins[place] = scratch.size();
                write(row, place, types, values, scratch);
                ends[place] = scratch.size();
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            if (ends[i] > 0) {
                rows.append(scratch, begins[i], ends[i]);
            } else {
                fillTo(i + 1, i);
            }
        }
    }
}
