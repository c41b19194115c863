package io.millrace.common.sink.clickhouse;

import io.millrace.common.failure.DataException;
import io.millrace.common.serde.PlainColumns;
import io.millrace.common.serde.PlainJson;
import io.millrace.common.sink.clickhouse.type.RowBinary;
import java.util.List;

/**
 * Writes plain rows whose columns are the table's first ones, in its order, without a parser. What it writes is what
 * {@link RowEncoder} writes with one.
 */
final class PlainRows {

    private final List<TableColumn> columns;
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

    /** Returns false, and appends nothing, if the row is not plain, lacks a column, or holds what only a parser tells. */
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
            if (end == PlainJson.UNKNOWN || !columns.get(i).type().writePlain(json, from, end, row.column(i), rows)) {
                return PlainJson.UNKNOWN;
            }
        }
        return end;
    }
}
