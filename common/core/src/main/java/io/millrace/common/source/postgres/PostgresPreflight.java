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
import java.util.stream.Stream;
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
     * @return the position below all changes that this job will write: the version of the snapshot's rows. A restored
     *     job keeps the one in its savepoint
     * @throws InvalidConfigurationException with all problems; nothing was changed then
     */
    public long run() {
        Problems problems = new Problems();
        check(problems);
        problems.throwIfAny();
        return prepare();
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
     * @return as {@link #run} does
     * @throws InvalidConfigurationException if the database refuses after all
     */
    public long prepare() {
        Problems problems = new Problems();
        try (Connection connection = config.address().connect("preflight")) {
            return prepare(new Sql(connection));
        } catch (SQLException e) {
            problems.add("source", answer(e));
            problems.throwIfAny();
            throw new IllegalStateException(e);
        }
    }

    private String answer(SQLException e) {
        return config.address().url() + " answered: " + e.getMessage();
    }

    private void check(Sql sql, Problems problems) throws SQLException {
        new ServerCheck(sql, problems).run();
        TableCheck tables = new TableCheck(sql, config.publication(), problems);
        for (TableName table : tables()) {
            tables.run(table);
        }
        new HeartbeatCheck(sql, tables, problems).run();
        publication(sql).check(problems);
        if (restored) {
            publication(sql).refuseNewTables(problems);
        }
        new SlotCheck(sql, config, problems).run(restored);
    }

    private long prepare(Sql sql) throws SQLException {
        sql.connection().setAutoCommit(false);
        HeartbeatTable.create(sql);
        publication(sql).prepare();
        sql.connection().commit();
        // a transaction that wrote cannot make a slot
        sql.connection().setAutoCommit(true);
        if (!restored) {
            sql.rows("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", config.slot());
        }
        return LogSequenceNumber.valueOf(sql.value("SELECT pg_current_wal_lsn()"))
                .asLong();
    }

    private Publication publication(Sql sql) {
        List<TableName> published = Stream.concat(tables().stream(), Stream.of(TableName.of(HeartbeatTable.NAME)))
                .toList();
        return new Publication(sql, config.publication(), published);
    }

    private List<TableName> tables() {
        return config.tables().stream().map(TableName::of).toList();
    }
}
