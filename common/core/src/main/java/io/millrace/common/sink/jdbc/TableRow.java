package io.millrace.common.sink.jdbc;

import io.millrace.common.event.RowChange;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A change as what a statement binds.
 *
 * @param values of the statement's columns, in their order; all but the key's are null if the row is gone. Shared, and
 *     not to be written to
 */
record TableRow(RowChange change, @Nullable String[] values) {

    /** Binds each value as a text without a type, which Postgres reads as one of its column's. */
    static void bind(PreparedStatement statement, TableRow row) throws SQLException {
        int place = 1;
        for (String value : row.values) {
            statement.setString(place++, value);
        }
        statement.setLong(place++, row.change.version());
        statement.setBoolean(place, row.change.after() == null);
    }
}
