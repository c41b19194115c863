package io.millrace.common.sink.clickhouse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.common.failure.DataException;
import io.millrace.common.serde.Column;
import io.millrace.common.serde.DocumentWriter;
import io.millrace.common.serde.PlainColumns;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.serde.ValueReader;
import io.millrace.common.sink.clickhouse.type.CellType;
import io.millrace.common.sink.clickhouse.type.RowBinary;
import java.io.IOException;
import java.util.List;

/**
 * Writes plain rows whose columns are the table's first ones, in its order, without a parser, but for values that only
 * one tells. What it writes is what {@link RowEncoder} writes with one.
 */
final class PlainRows {

    private static final JsonFactory JSON = RowEncoder.json(DocumentWriter.MOST_DEPTH - 1);

    private final List<TableColumn> columns;
    private final ValueReader values = new ValueReader(false);
    private final RowBinary rows;

    PlainRows(List<TableColumn> columns, RowBinary rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Tells whether rows of these columns can be written so. */
    boolean takes(PlainColumns row) {
        if (row.size() > columns.size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            if (!row.column(i).name().equals(columns.get(i).name())) {
                return false;
            }
        }
        for (int i = row.size(); i < columns.size(); i++) {
            if (columns.get(i).key()) {
                return false;
            }
        }
        return true;
    }

    /** Returns false, and appends nothing, if the row is not plain, lacks a column, or holds what a parser refuses. */
    boolean write(byte[] json, PlainColumns row) throws DataException {
        int begin = rows.size();
        int end = PlainJson.is(json, 0, json.length, '{') ? writeValues(json, row) : PlainJson.UNKNOWN;
        if (end != json.length - 1 || !PlainJson.is(json, end, json.length, '}')) {
            rows.cutTo(begin);
            return false;
        }
        for (int i = row.size(); i < columns.size(); i++) {
            columns.get(i).type().writeDefault(rows);
        }
        return true;
    }

    /** Returns the place behind the last value. */
    private int writeValues(byte[] json, PlainColumns row) {
        int end = 0;
        for (int i = 0; i < row.size(); i++) {
            boolean isNext = i == 0 || PlainJson.is(json, end, json.length, ',');
            int from = isNext ? row.pastName(i, json, end + 1) : PlainJson.UNKNOWN;
            end = from == PlainJson.UNKNOWN ? from : PlainJson.pastValue(json, from, json.length);
            if (end == PlainJson.UNKNOWN
                    || !writeValue(json, from, end, columns.get(i).type(), row.column(i))) {
                return PlainJson.UNKNOWN;
            }
        }
        return end;
    }

    private boolean writeValue(byte[] json, int from, int to, CellType type, Column column) {
        return type.writePlain(json, from, to, column, rows)
                || (!isRefusedNull(json, from, to, type) && writeParsed(json, from, to, type, column));
    }

    private static boolean isRefusedNull(byte[] json, int from, int to, CellType type) {
        return !type.takesNull() && PlainJson.isNull(json, from, to);
    }

    /** Lets a parser have one value; what it refuses, it refuses again as part of the row, and says where. */
    private boolean writeParsed(byte[] json, int from, int to, CellType type, Column column) {
        try (JsonParser value = JSON.createParser(json, from, to - from)) {
            value.nextToken();
            type.write(value, column, values, rows);
            return true;
        } catch (IOException | DataException e) {
            return false;
        }
    }
}
