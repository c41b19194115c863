package io.millrace.common.source.postgres;

import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresObjectUtils;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import io.debezium.relational.history.TableChanges.TableChangeType;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.common.postgres.UnlistedDriver;
import io.millrace.common.source.postgres.pgoutput.TableCatalog;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.source.assigner.splitter.ChunkSplitter;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.base.source.reader.external.FetchTask;
import org.apache.flink.cdc.connectors.postgres.source.PostgresDialect;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Flink CDC's dialect, with eight changes: the stream starts where the slot was created, and is read by {@link StreamTask},
 * rows of a snapshot by {@link SnapshotTask} in chunks of {@link KeySplitter}, a table's columns are read without those of
 * all others, a stream whose slot has lost its place does not start, no connection outlives its user, and connections
 * have a {@link HiddenPassword} and come from no pool: the pool would never be closed, and keep connections to the
 * database and all classes of a job in each TaskManager after the job's end.
 */
final class SlotDialect extends PostgresDialect {

    private static final long serialVersionUID = 1L;

    private static final String LOOK_UP = "SELECT confirmed_flush_lsn, pg_current_wal_flush_lsn() AS written, "
            + SlotCheck.LOST + " AS lost"
            + " FROM pg_replication_slots s WHERE slot_name = ?";

    private final PostgresAddress address;
    private final PostgresChangesConfig config;
    private final String passwordName;
    private final CaptureStart start;
    private transient @Nullable Offset beginning;
    private transient @Nullable StreamTask stream;

    /**
     * Makes the dialect.
     *
     * @param passwordName what the connections' properties have in place of the password
     * @param start position of the snapshot's rows, and which tables there are
     */
    SlotDialect(PostgresSourceConfig source, PostgresChangesConfig config, String passwordName, CaptureStart start) {
        super(source);
        this.config = config;
        this.address = config.address();
        this.passwordName = passwordName;
        this.start = start;
        HiddenPassword.deposit(passwordName, address.password());
    }

    /** In every process that the dialect comes to, before anything connects or asks for the list of drivers. */
    private Object readResolve() throws ObjectStreamException {
        try {
            UnlistedDriver.unlist();
        } catch (SQLException e) {
            throw (ObjectStreamException) new InvalidObjectException("the driver stays listed").initCause(e);
        }
        HiddenPassword.deposit(passwordName, address.password());
        return this;
    }

    @Override
    public JdbcConnection openJdbcConnection(JdbcSourceConfig sourceConfig) {
        PostgresConnectorConfig settings = ((PostgresSourceConfig) sourceConfig).getDbzConnectorConfig();
        try {
            PostgresConnection connection = new PostgresConnection(
                    settings.getJdbcConfig(),
                    PostgresObjectUtils.newPostgresValueConverterBuilder(settings),
                    PostgresConnection.CONNECTION_GENERAL);
            connection.connect();
            return connection;
        } catch (SQLException | DebeziumException e) {
            throw new FlinkRuntimeException("no connection to " + address.url() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads one table, by the connection that is given. Flink CDC reads all captured tables for each of them, and keeps
     * the first connection: after a restart in the middle of the snapshot it is closed, is opened again by itself, and
     * nobody closes it any more.
     */
    @Override
    public TableChange queryTableSchema(JdbcConnection jdbc, TableId id) {
        PostgresConnection connection = (PostgresConnection) jdbc;
        try {
            Table table = new TableCatalog(connection, connection.getTypeRegistry()).read(id);
            if (table.columns().isEmpty()) {
                throw new FlinkRuntimeException("there is no table " + id + " any more by this name");
            }
            return new TableChange(TableChangeType.CREATE, table);
        } catch (SQLException e) {
            throw new FlinkRuntimeException("the columns of " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the slot's position, which does not move before the stream is read. The position of the WAL, which
     * Flink CDC takes, can already lie behind a commit that a snapshot does not see yet, and would lose it. It holds
     * what the stream's order begins above, so that this stays over a savepoint within the snapshot. Asked for twice
     * for each chunk, and each answer would cost a connection.
     */
    @Override
    public Offset displayCurrentOffset(JdbcSourceConfig sourceConfig) {
        Offset known = beginning;
        if (known == null) {
            known = StreamPlace.of(displayCommittedOffset(sourceConfig), start.position())
                    .toOffset(new PostgresOffsetFactory());
            beginning = known;
        }
        return known;
    }

    @Override
    public ChunkSplitter createChunkSplitter(JdbcSourceConfig sourceConfig) {
        return createChunkSplitter(sourceConfig, ChunkSplitterState.NO_SPLITTING_TABLE_STATE);
    }

    @Override
    public ChunkSplitter createChunkSplitter(JdbcSourceConfig sourceConfig, ChunkSplitterState state) {
        return new KeySplitter(sourceConfig, this, state);
    }

    @Override
    public FetchTask<SourceSplitBase> createFetchTask(SourceSplitBase split) {
        if (split.isSnapshotSplit()) {
            return new SnapshotTask(split.asSnapshotSplit(), start.numbers());
        }
        requireSlotBefore(split.asStreamSplit());
        StreamTask task = new StreamTask(split.asStreamSplit(), config, start.numbers());
        stream = task;
        return task;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId, @Nullable Offset offset) throws Exception {
        if (stream != null && offset != null) {
            stream.confirm(((PostgresOffset) offset).getLsn());
        }
    }

    private void requireSlotBefore(StreamSplit split) {
        Lsn next = ((PostgresOffset) split.getStartingOffset()).getLsn();
        try (Connection connection = address.connect("slot check")) {
            Sql.Row slot =
                    new Sql(connection).first(LOOK_UP, getSlotName()).orElseThrow(() -> lost("does not exist", next));
            if (slot.flag("lost")) {
                throw lost("was invalidated by Postgres", next);
            }
            Lsn confirmed = Lsn.valueOf(slot.text("confirmed_flush_lsn"));
            if (next.isValid() && confirmed.compareTo(next) > 0) {
                throw lost("stands at " + confirmed, next);
            }
            Lsn written = Lsn.valueOf(slot.text("written"));
            if (next.isValid() && written.compareTo(next) < 0) {
                throw lost("is of a database whose log ends at " + written + ", as after a restore", next);
            }
        } catch (SQLException e) {
            throw new FlinkRuntimeException("the replication slot " + getSlotName() + " cannot be looked up", e);
        }
    }

    private SlotLostException lost(String state, Lsn next) {
        return new SlotLostException("the replication slot " + getSlotName() + " " + state
                + ", but this job goes on after " + next
                + ": what lies between cannot be read. Drop the slot if it is there (SELECT"
                + " pg_drop_replication_slot('" + getSlotName().replace("'", "''") + "')), and start the job without a"
                + " savepoint and with `generation` raised by one: it then takes a snapshot again, and removes from the"
                + " targets what vanished meanwhile");
    }
}
