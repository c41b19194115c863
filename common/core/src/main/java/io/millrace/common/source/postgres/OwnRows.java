package io.millrace.common.source.postgres;

import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import java.sql.SQLException;

/**
 * What a query must say of a table to find its own rows. Those of tables that inherit from it come otherwise, whose
 * changes are told as theirs; a partitioned table has no rows but those of its partitions.
 */
final class OwnRows {

    private static final String ONLY = "ONLY ";

    private static final String PARTITIONED = "SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(?)";

    private OwnRows() {}

    /** Returns what stands in front of the table's name. */
    static String of(Sql sql, TableName table) throws SQLException {
        return sql.first(PARTITIONED, table.quoted()).isPresent() ? "" : ONLY;
    }
}
