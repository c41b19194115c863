package io.millrace.common.source.postgres.added;

import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.source.postgres.LogEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
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

    private static final long LONGEST_IDLE_NANOS = 5_000_000_000L;

    private static final String STORAGE = """
            WITH RECURSIVE tree AS (
              SELECT ?::regclass::oid AS oid
              UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid)
            SELECT string_agg(oid || ':' || coalesce(pg_relation_filenode(oid), 0), ' ' ORDER BY oid) FROM tree
            """;

    private final Connection connection;
    private final Sql sql;
    private final String table;
    private TableBegin begin = new TableBegin(0, TableBegin.UNKNOWN);
    private long used = System.nanoTime();
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

    /** Begins where it was begun before, unless the table was truncated since. */
    void begin(TableBegin before) throws SQLException {
        String storage = storage();
        if (before.storage().equals(TableBegin.UNKNOWN)) {
            start(new TableBegin(before.position(), storage));
        } else if (holds(before, storage)) {
            start(before);
        } else {
            beginAgain();
        }
    }

    /** Begins above all rows that were read. */
    void beginAgain() throws SQLException {
        start(new TableBegin(LogEnd.of(sql), storage()));
    }

    private void start(TableBegin now) throws SQLException {
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
        return !holds(begin, storage());
    }

    /** A partition that is new has taken no row away. */
    private static boolean holds(TableBegin begin, String storage) {
        return Set.copyOf(List.of(storage.split(" ")))
                .containsAll(List.of(begin.storage().split(" ")));
    }

    /** Asks for something now and then, so that no time-out ends the connection while rows are read by another. */
    void keepAlive() throws SQLException {
        if (System.nanoTime() - used > LONGEST_IDLE_NANOS) {
            used = System.nanoTime();
            sql.value("SELECT 1");
        }
    }

    private String storage() throws SQLException {
        return sql.value(STORAGE, TableName.of(table).quoted());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
