package io.millrace.common.source.postgres.added;

import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.LogEnd;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds when a table can be read so that its rows and the stream miss nothing between them.
 *
 * <p>The publication has the table already, and what is written from now on lies above that in the log. A transaction
 * that wrote to the table before may commit yet, and the stream may leave out what it wrote: so the rows are read when
 * every transaction has ended that is open now.
 */
final class TableLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);

    private static final String STORAGE = """
            WITH RECURSIVE tree AS (
              SELECT ?::regclass::oid AS oid
              UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid)
            SELECT md5(string_agg(oid || ':' || coalesce(pg_relation_filenode(oid), 0), ' ' ORDER BY oid)) FROM tree
            """;

    private final Connection connection;
    private final Sql sql;
    private final String table;
    private TableBegin begin = TableBegin.NONE;
    private String openAt = "0";

    /**
     * Connects.
     *
     * @param table schema and name
     */
    TableLog(PostgresAddress address, String table) throws SQLException {
        this.connection = address.connect("added table");
        this.sql = new Sql(connection);
        this.table = table;
    }

    /**
     * Goes on from where the reading began before, unless the table was truncated since.
     *
     * @param published position at which the publication had the table
     */
    void begin(TableBegin before, long published) throws SQLException {
        String storage = storage();
        if (before.equals(TableBegin.NONE)) {
            begin(new TableBegin(published, storage));
        } else if (before.storage().equals(storage)) {
            begin(before);
        } else {
            beginAgain();
        }
    }

    /** Begins above all rows that were read. */
    void beginAgain() throws SQLException {
        begin(new TableBegin(LogEnd.of(sql), storage()));
    }

    private void begin(TableBegin now) throws SQLException {
        begin = now;
        // a number that is given now is above those of all that have written
        openAt = sql.value("SELECT txid_current()");
        LOG.info("{} is read with the position {}", table, begin.position());
    }

    TableBegin begun() {
        return begin;
    }

    /** Returns whether every transaction has ended that was open when it began. */
    boolean isSettled() throws SQLException {
        return sql.value("SELECT txid_snapshot_xmin(txid_current_snapshot()) >= ?::bigint", openAt)
                .equals("t");
    }

    /** Returns whether the table was truncated, and so rows are read no longer that the stream had removed. */
    boolean isRewritten() throws SQLException {
        return !begin.storage().equals(storage());
    }

    private String storage() throws SQLException {
        return sql.value(STORAGE, TableName.of(table).quoted());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
