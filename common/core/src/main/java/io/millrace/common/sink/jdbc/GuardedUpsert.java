package io.millrace.common.sink.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.internal.executor.JdbcBatchStatementExecutor;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;

/**
 * Executes a batch of rows and tells which of them the guard refused: in place of the connector's executors, which keep
 * the counts to themselves, and hold on to a batch that failed. The connector's sink is not used at all: it knows one
 * statement, logs the rows of a batch that fails, and cannot tell the one that is refused.
 */
final class GuardedUpsert implements JdbcBatchStatementExecutor<TableRow> {

    private final String sql;
    private final JdbcStatementBuilder<TableRow> parameters;
    private final List<TableRow> batch = new ArrayList<>();
    private final List<TableRow> stale = new ArrayList<>();
    private @Nullable PreparedStatement statement;

    GuardedUpsert(String sql, JdbcStatementBuilder<TableRow> parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    @Override
    public void prepareStatements(Connection connection) throws SQLException {
        statement = connection.prepareStatement(sql);
    }

    @Override
    public void addToBatch(TableRow row) {
        batch.add(row);
    }

    @Override
    public void executeBatch() throws SQLException {
        PreparedStatement prepared = Objects.requireNonNull(statement, "prepareStatements comes first");
        for (TableRow row : batch) {
            parameters.accept(prepared, row);
            prepared.addBatch();
        }
        int[] counts = execute(prepared);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                stale.add(batch.get(i));
            }
        }
        batch.clear();
    }

    /** Where assertions are enabled, the driver finds it wrong that a connection which is lost cannot be asked. */
    private static int[] execute(PreparedStatement prepared) throws SQLException {
        try {
            return prepared.executeBatch();
        } catch (AssertionError e) {
            throw new SQLException("the connection was lost", PSQLState.CONNECTION_FAILURE.getState());
        }
    }

    /** Returns the rows of which the table holds a higher version. */
    List<TableRow> stale() {
        return stale;
    }

    @Override
    public void closeStatements() throws SQLException {
        Statement prepared = statement;
        statement = null;
        if (prepared != null) {
            prepared.close();
        }
    }
}
