package io.millrace.common.sink.jdbc;

import io.millrace.common.failure.DataException;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a writer. In place of the connector's own provider, which goes through
 * {@link java.sql.DriverManager}: its list would keep the classes of every job that ever ran in the process.
 *
 * <p>One thread uses it; another may close it, which ends what the first one waits for.
 */
final class PostgresConnections implements JdbcConnectionProvider {

    private static final long serialVersionUID = 1L;

    private final PostgresAddress address;
    private final Map<String, String> properties;
    private transient volatile @Nullable Connection connection;

    /** What is done in one transaction. */
    interface Work {
        void run(Sql sql) throws SQLException, DataException, IOException;
    }

    PostgresConnections(PostgresAddress address, Duration requestTimeout) {
        this.address = address;
        this.properties = Map.of(
                "socketTimeout",
                Long.toString(Math.max(1, requestTimeout.toSeconds())),
                // a text is read as one of its column's type
                "stringtype",
                "unspecified",
                // what the server says of a row it refuses repeats the row
                "logServerErrorDetail",
                "false");
    }

    /**
     * Does something and commits it; if that fails, nothing of it is done. After an error that is not about the rows or
     * the table the connection is given up.
     *
     * @throws AnswerException if Postgres refuses, or does not answer
     */
    void inTransaction(Work work) throws IOException, DataException {
        try {
            Sql sql = new Sql(getOrEstablishConnection());
            work.run(sql);
            sql.connection().commit();
        } catch (SQLException e) {
            AnswerException answer = AnswerException.of(address.url(), e);
            rollBack(answer.kind() == AnswerKind.DATA || answer.kind() == AnswerKind.STRUCTURE);
            throw answer;
        } catch (DataException | UnfitTableException e) {
            rollBack(true);
            throw e;
        }
    }

    /** @param isAlive whether the connection is as good as before */
    private void rollBack(boolean isAlive) {
        Connection known = connection;
        try {
            if (isAlive && known != null) {
                known.rollback();
                return;
            }
        } catch (SQLException e) {
            // It is closed below, which ends the transaction too.
        }
        closeConnection();
    }

    @Override
    public @Nullable Connection getConnection() {
        return connection;
    }

    /** Says what is known without asking the server: who finds it gone closes it, and asks for another one. */
    @Override
    public boolean isConnectionValid() throws SQLException {
        Connection known = connection;
        return known != null && !known.isClosed();
    }

    /** Returns a connection that commits nothing by itself. */
    @Override
    public Connection getOrEstablishConnection() throws SQLException {
        Connection known = connection;
        if (known != null && !known.isClosed()) {
            return known;
        }
        Connection made = address.connect("target", properties);
        connection = made;
        // how a text of a source's is read
        new Sql(made).execute("SET IntervalStyle = 'postgres'");
        made.setAutoCommit(false);
        return made;
    }

    @Override
    public void closeConnection() {
        Connection known = connection;
        connection = null;
        if (known == null) {
            return;
        }
        try {
            known.abort(Runnable::run);
        } catch (SQLException e) {
            // It is of no more use either way.
            return;
        }
    }

    @Override
    public Connection reestablishConnection() throws SQLException {
        closeConnection();
        return getOrEstablishConnection();
    }
}
