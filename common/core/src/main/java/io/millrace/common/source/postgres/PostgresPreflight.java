package io.millrace.common.source.postgres;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problems;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.TableName;
import io.millrace.common.serde.ColumnNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What must be true of a database before a job captures from it: everything that is wrong is said at once, with its
 * remedy; if nothing is, the heartbeat table, the publication and the slot are made.
 */
public final class PostgresPreflight {

    private final PostgresChangesConfig config;
    private final boolean restored;

    /**
     * Makes a preflight.
     *
     * @param restored whether the job goes on from a savepoint: it then needs the slot that it had
     */
    public PostgresPreflight(PostgresChangesConfig config, boolean restored) {
        this.config = config;
        this.restored = restored;
    }

    /**
     * Checks and prepares the database.
     *
     * @throws InvalidConfigurationException with all problems; nothing was changed then
     */
    public CaptureStart run() {
        Problems problems = new Problems();
        check(problems);
        problems.throwIfAny();
        return prepare(0);
    }

    /**
     * Notes everything that is wrong, together with what others found; nothing is changed.
     *
     * @return the columns of the captured tables, by schema and name; without those that cannot be seen
     */
    public Map<String, ColumnNames> check(Problems problems) {
        try (Connection connection = config.address().connect("preflight")) {
            Sql sql = new Sql(connection);
            check(sql, problems);
            return CatalogColumns.of(sql, tables());
        } catch (SQLException e) {
            problems.add("source", answer(e));
            return Map.of();
        }
    }

    /**
     * Makes the heartbeat table, the publication and the slot, where {@link #check} found no problem.
     *
     * @param highest position of what the topics hold; rows of tables that a restored job does not know yet lie above
     * @throws InvalidConfigurationException if the database refuses after all
     */
    public CaptureStart prepare(long highest) {
        try (Connection connection = config.address().connect("preflight")) {
            return prepare(new Sql(connection), highest);
        } catch (SQLException e) {
            throw refused("source", answer(e), e);
        } catch (IllegalStateException e) {
            throw refused("targets.kafka", String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalStateException refused(String path, String message, Exception cause) {
        Problems problems = new Problems();
        problems.add(path, message);
        problems.throwIfAny();
        return new IllegalStateException(cause);
    }

    private String answer(SQLException e) {
        return config.address().url() + " answered: " + e.getMessage();
    }

    private void check(Sql sql, Problems problems) throws SQLException {
        new ServerCheck(sql, problems).run();
        TableCheck tables = new TableCheck(sql, config, problems);
        for (TableName table : tables()) {
            tables.run(table);
        }
        new HeartbeatCheck(sql, tables, problems).run();
        publication(sql).check(restored, problems);
        if (restored) {
            List<String> unpublished = publication(sql).unpublished();
            unpublished.forEach(table -> problems.note(
                    "tables." + table, "is new: its rows are read while the changes of the others go on"));
            if (!unpublished.isEmpty()) {
                new ServerCheck(sql, problems).adds();
            }
        }
        new SlotCheck(sql, config, problems).run(restored);
    }

    private CaptureStart prepare(Sql sql, long highest) throws SQLException {
        List<String> unpublished = restored ? publication(sql).unpublished() : List.of();
        if (restored) {
            moveLog(sql, highest, !unpublished.isEmpty());
        }
        sql.connection().setAutoCommit(false);
        HeartbeatTable.create(sql);
        publication(sql).prepare();
        TableNumbers numbers = TableNumbers.of(sql, config.tables());
        sql.connection().commit();
        // a transaction that wrote cannot make a slot
        sql.connection().setAutoCommit(true);
        if (!restored) {
            sql.rows("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", config.slot());
        }
        long position = LogSequenceNumber.valueOf(sql.value("SELECT pg_current_wal_lsn()"))
                .asLong();
        return new CaptureStart(position, LogEnd.of(sql), unpublished, numbers);
    }

    /** A table that a savepoint does not know may be published already; then a log that is too far behind stops nothing. */
    private static void moveLog(Sql sql, long highest, boolean needed) throws SQLException {
        if (needed || LogEnd.isNear(sql, highest)) {
            LogEnd.above(sql, highest);
        }
    }

    private Publication publication(Sql sql) {
        return Publication.of(config, sql);
    }

    private List<TableName> tables() {
        return config.tables().stream().map(TableName::of).toList();
    }
}
