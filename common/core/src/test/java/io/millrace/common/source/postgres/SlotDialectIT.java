package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresObjectUtils;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConnection;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.cdc.connectors.base.source.assigner.splitter.ChunkSplitter;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.base.source.reader.external.FetchTask;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfigFactory;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffsetFactory;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** A stream starts only where its slot still holds everything. */
@WithServers(Server.POSTGRES)
class SlotDialectIT {

    private static final String NAME = "slotdialect";
    private static final String OURS = " FROM pg_replication_slots WHERE slot_name = '" + NAME + "'";

    private Database database;
    private PostgresSourceConfigFactory factory;
    private SlotDialect dialect;

    @BeforeEach
    void prepare(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        PostgresChangesConfig config = database.config("public.t");
        new PostgresPreflight(config, false).run();
        factory = PostgresChanges.factory(config, "unavailable");
        dialect = PostgresChanges.dialect(factory, config, "unavailable", CaptureStart.at(0));
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void streamsFromWhereTheSlotStandsAndFromLater() throws Exception {
        assertThat(start(confirmed())).isInstanceOf(StreamTask.class);
        database.execute("INSERT INTO t SELECT generate_series(1, 100)");
        assertThat(start(confirmed() + 1_000)).isInstanceOf(StreamTask.class);
        assertThat(start(PostgresOffset.INITIAL_OFFSET)).isInstanceOf(StreamTask.class);
    }

    @Test
    void aFirstStartBeginsWhereTheSlotStandsAndNotWhereTheLogEnds() throws Exception {
        database.execute("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");

        Offset first = dialect.displayCurrentOffset(factory.create(0));

        assertThat(((PostgresOffset) first).getLsn().asLong()).isEqualTo(confirmed());
    }

    @Test
    void stopsWhenSomebodyElseMovedTheSlotOn() throws Exception {
        long position = confirmed();
        database.execute("INSERT INTO t VALUES (1)");
        database.execute("SELECT pg_replication_slot_advance('" + NAME + "', pg_current_wal_lsn())");
        assertThat(confirmed()).isGreaterThan(position);

        assertLost(
                position,
                "stands at LSN{" + LogSequenceNumber.valueOf(confirmed()).asString() + "}");
    }

    /** After a failover that lost the end of the log, or a restore, Postgres would pass over what commits meanwhile. */
    @Test
    void stopsWhenTheLogEndsBeforeThePosition() throws Exception {
        assertLost(confirmed() + (1L << 32), "is of a database whose log ends at");
    }

    @Test
    void stopsWhenTheSlotIsGone() throws Exception {
        long position = confirmed();
        database.execute("SELECT pg_drop_replication_slot('" + NAME + "')");

        assertLost(position, "does not exist");
    }

    @Test
    void stopsWhenTheSlotWasMadeAgain() throws Exception {
        long position = confirmed();
        database.execute(
                "SELECT pg_drop_replication_slot('" + NAME + "')",
                "INSERT INTO t VALUES (1)",
                "SELECT pg_create_logical_replication_slot('" + NAME + "', 'pgoutput')");

        assertLost(position, "stands at");
    }

    @Test
    void stopsWhenPostgresHasDroppedTheLogOfTheSlot() throws Exception {
        long position = confirmed();
        database.invalidateSlots(
                () -> database.value("SELECT wal_status" + OURS).equals("lost"));

        assertLost(position, "was invalidated by Postgres");
    }

    @Test
    void aDatabaseThatIsAwayIsNoLostSlot() throws Exception {
        long position = confirmed();
        database.asAdministrator("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");

        assertThatThrownBy(() -> start(position))
                .isNotInstanceOf(SlotLostException.class)
                .satisfies(away -> assertThat(ThrowableClassifier.getThrowableType(away))
                        .isEqualTo(ThrowableType.RecoverableError))
                .hasMessageNotContaining(Database.PASSWORD);
    }

    /** As after a restart in the middle of the snapshot, when another splitter reads the tables that are left. */
    @Test
    void noConnectionOutlivesTheSplitterThatOpenedIt() throws Exception {
        two();
        for (TableId table : dialect.discoverDataCollections(factory.create(0))) {
            try (JdbcConnection splitters = dialect.openJdbcConnection(factory.create(0))) {
                assertThat(dialect.queryTableSchema(splitters, table).getTable().primaryKeyColumnNames())
                        .isNotEmpty();
            }
        }

        awaitNoConnection();
    }

    /** As after such a restart, when a reader has several chunks to read. */
    @Test
    void noConnectionOutlivesTheChunkThatOpenedIt() throws Exception {
        two();
        List<SnapshotSplit> chunks = chunks();
        assertThat(chunks).hasSizeGreaterThan(1);

        read(chunks);

        awaitNoConnection();
    }

    /** Read with all others for each of them, a hundred tables would take a minute. */
    @Test
    void theColumnsOfATableAreReadWithoutThoseOfTheOthers() throws Exception {
        two();
        PostgresSourceConfig source = factory.create(0);
        try (JdbcConnection connection = new OneTableAtATime(source.getDbzConnectorConfig())) {
            for (TableId table : dialect.discoverDataCollections(source)) {
                assertThat(dialect.queryTableSchema(connection, table)
                                .getTable()
                                .id())
                        .isEqualTo(table);
            }
        }
    }

    @Test
    void aTableThatIsGoneBeforeItIsSplitIsNamed() throws Exception {
        database.execute("DROP TABLE t");
        PostgresSourceConfig source = factory.create(0);
        try (JdbcConnection connection = dialect.openJdbcConnection(source)) {
            assertThatThrownBy(() -> dialect.queryTableSchema(connection, new TableId(null, "public", "t")))
                    .hasMessage("there is no table public.t any more by this name");
        }
    }

    /** By what was counted last it would be cut into ten. */
    @Test
    void aTableWithFewRowsLeftIsOneChunk() throws Exception {
        database.execute(
                "INSERT INTO t SELECT generate_series(1, 5000)",
                "ANALYZE t",
                "DELETE FROM t WHERE id NOT IN (1, 5000)");

        assertThat(chunks()).extracting(SnapshotSplit::getTableId).doesNotHaveDuplicates();
    }

    @Test
    void aTableThatIsDroppedBeforeItsRowsAreReadEndsNothing() throws Exception {
        two();
        List<SnapshotSplit> chunks = chunks();
        database.execute("ALTER TABLE u RENAME TO other");
        assertThatThrownBy(() -> read(chunks))
                .as("its rows are still there")
                .hasStackTraceContaining("there is no table public.u any more");

        database.execute("DROP TABLE other");
        assertThatCode(() -> read(chunks)).doesNotThrowAnyException();
    }

    private static final class OneTableAtATime extends PostgresConnection {

        OneTableAtATime(PostgresConnectorConfig config) {
            super(config.getJdbcConfig(), PostgresObjectUtils.newPostgresValueConverterBuilder(config), "test");
        }

        @Override
        public void readSchema(
                Tables tables,
                String databaseCatalog,
                String schemaNamePattern,
                Tables.TableFilter tableFilter,
                Tables.ColumnNameFilter columnFilter,
                boolean removeTablesNotFoundInJdbc) {
            throw new AssertionError("all tables are read for one");
        }
    }

    private List<SnapshotSplit> chunks() throws Exception {
        List<SnapshotSplit> chunks = new ArrayList<>();
        ChunkSplitter splitter = dialect.createChunkSplitter(factory.create(0));
        splitter.open();
        for (TableId table : dialect.discoverDataCollections(factory.create(0))) {
            chunks.addAll(splitter.generateSplits(table));
        }
        splitter.close();
        return chunks;
    }

    private void read(List<SnapshotSplit> chunks) throws Exception {
        FetchTask.Context reader = dialect.createFetchTaskContext(factory.create(0));
        try {
            for (SnapshotSplit chunk : chunks) {
                reader.configure(chunk);
                dialect.createFetchTask(chunk).execute(reader);
            }
        } finally {
            reader.close();
        }
    }

    /** Makes a second table, and a dialect for both. */
    private void two() throws SQLException {
        database.execute("CREATE TABLE u (id int PRIMARY KEY)");
        PostgresChangesConfig both = database.config("public.t", "public.u");
        factory = PostgresChanges.factory(both, "unavailable");
        CaptureStart start = new PostgresPreflight(both, true).run().from(0);
        dialect = PostgresChanges.dialect(factory, both, "unavailable", start);
    }

    private void awaitNoConnection() {
        await("no connection is left")
                .atMost(Duration.ofSeconds(60))
                .until(() -> database.value("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                        .equals("0"));
    }

    private void assertLost(long position, String state) {
        SlotLostException lost = catchThrowableOfType(SlotLostException.class, () -> start(position));

        assertThat(lost)
                .hasMessageContainingAll(
                        "the replication slot " + NAME,
                        state,
                        "goes on after LSN{"
                                + LogSequenceNumber.valueOf(position).asString() + "}",
                        "SELECT pg_drop_replication_slot('" + NAME + "')",
                        "start the job without a savepoint and with `generation` raised by one");
        assertThat(ThrowableClassifier.getThrowableType(lost)).isEqualTo(ThrowableType.NonRecoverableError);
    }

    private FetchTask<SourceSplitBase> start(long position) {
        return start(new PostgresOffsetFactory().newOffset(Map.of("lsn", Long.toString(position), "ts_usec", "0")));
    }

    private FetchTask<SourceSplitBase> start(Offset position) {
        return dialect.createFetchTask(
                new StreamSplit("stream-split", position, PostgresOffset.NO_STOPPING_OFFSET, List.of(), Map.of(), 0));
    }

    private long confirmed() throws SQLException {
        return LogSequenceNumber.valueOf(database.value("SELECT confirmed_flush_lsn" + OURS))
                .asLong();
    }
}
