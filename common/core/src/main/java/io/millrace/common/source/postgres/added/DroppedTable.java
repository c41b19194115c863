package io.millrace.common.source.postgres.added;

import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.TableLostException;
import io.millrace.common.source.postgres.TableNumbers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Why a table cannot be read: it may have been dropped, or have another name. */
final class DroppedTable {

    private static final String BY_NAME = "SELECT to_regclass(?) IS NOT NULL";

    private static final String BY_NUMBER = "SELECT n.nspname || '.' || c.relname AS name"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::oid";

    private DroppedTable() {}

    /**
     * Returns whether a table was dropped.
     *
     * @param table schema and name
     * @param numbers of the tables when the job was started
     * @throws TableLostException if it has another name: under that one it may be written to
     */
    static boolean isDropped(PostgresAddress address, String table, TableNumbers numbers) throws SQLException {
        try (Connection connection = address.connect("dropped table")) {
            Sql sql = new Sql(connection);
            if (sql.value(BY_NAME, TableName.of(table).quoted()).equals("t")) {
                return false;
            }
            Long number = numbers.byName().get(table);
            Optional<Sql.Row> renamed = number == null ? Optional.empty() : sql.first(BY_NUMBER, Long.toString(number));
            if (renamed.isPresent()) {
                throw new TableLostException(
                        "Table " + table + " was renamed to " + renamed.get().text("name"));
            }
            return true;
        }
    }
}
