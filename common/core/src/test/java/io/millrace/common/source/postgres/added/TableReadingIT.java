package io.millrace.common.source.postgres.added;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.source.postgres.Database;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.common.source.postgres.TableLostException;
import io.millrace.common.source.postgres.TableNumbers;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are read beside the stream. */
@WithServers(Server.POSTGRES)
class TableReadingIT {

    private static final String TABLE = "public.t";

    private static final long PUBLISHED = 4_711;

    /** More than two chunks. */
    private static final int ROWS = 1_200;

    private Database database;
    private PostgresChangesConfig config;
    private TableNumbers numbers;

    @BeforeEach
    void createTable(Addresses addresses) throws SQLException {
        database = new Database(addresses, "tablereading");
        config = database.config(TABLE);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"i", "i * i * 1000", "i % 7 * 100000 + i"})
    void everyRowIsReadOnceWhateverTheDistanceOfKeys(String id) throws Exception {
        create("bigint", id);

        List<ReadRow> rows = new ArrayList<>();
        try (TableReading reading = begin(AddedTable.unread(TABLE, PUBLISHED))) {
            drain(reading, rows);
            rows.add(reading.end());
        }

        assertThat(rows).hasSize(ROWS + 1).allSatisfy(row -> {
            assertThat(row.row().version()).isEqualTo(PUBLISHED);
            assertThat(row.row().source().snapshot()).isTrue();
        });
        assertThat(keys(rows.subList(0, ROWS))).hasSize(ROWS);
        assertThat(rows.get(ROWS).row().operation()).isEqualTo(Operation.TRUNCATE);
    }

    @Test
    void waitsForWhoeverIsWriting() throws Exception {
        create("bigint", "i");
        try (Connection writer = database.address().connect("writer");
                Statement open = writer.createStatement()) {
            writer.setAutoCommit(false);
            open.execute("INSERT INTO t VALUES (777777, 'late')");
            try (TableReading reading = begin(AddedTable.unread(TABLE, PUBLISHED))) {
                for (int look = 0; look < 5; look++) {
                    assertThat(reading.next().orElseThrow()).isEmpty();
                }
                writer.commit();
                List<ReadRow> rows = new ArrayList<>();
                drain(reading, rows);

                assertThat(keys(rows)).hasSize(ROWS + 1).contains("{\"id\":777777}");
            }
        }
    }

    @Test
    void aTableThatIsTruncatedMeanwhileIsReadAgain() throws Exception {
        create("bigint", "i");
        List<ReadRow> before = new ArrayList<>();
        List<ReadRow> after = new ArrayList<>();
        try (TableReading reading = begin(AddedTable.unread(TABLE, PUBLISHED))) {
            while (before.isEmpty()) {
                before.addAll(reading.next().orElseThrow());
            }
            database.execute("TRUNCATE t", "INSERT INTO t VALUES (5, 'after')");
            drain(reading, after);
            long last = reading.end().row().version();
            after.removeIf(row -> row.row().version() < last);

            assertThat(last)
                    .as("its end sweeps them")
                    .isGreaterThan(before.get(0).row().version());
        }
        assertThat(keys(after)).containsExactly("{\"id\":5}");
    }

    @Test
    void goesOnWithTheVersionThatItsRowsHaveUnlessTheyWereTruncated() throws Exception {
        create("bigint", "i");
        AddedTable begun;
        try (TableReading reading = begin(AddedTable.unread(TABLE, PUBLISHED))) {
            begun = new AddedTable(TABLE, reading.end().begin(), false);
        }
        database.execute("UPDATE t SET note = 'more' WHERE id = 1");
        assertThat(beginning(begun)).isEqualTo(begun.begin());

        database.execute("TRUNCATE t");
        assertThat(beginning(begun).position()).isGreaterThan(begun.begin().position());
    }

    @Test
    void aTableThatIsDroppedBeforeItIsReadEndsNothing() throws Exception {
        create("bigint", "i");
        try (AddedTableFetcher fetcher = fetcher()) {
            database.execute("DROP TABLE t");

            assertThat(drain(fetcher)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i", "i * i * 1000"})
    void aTableThatIsDroppedWhileItIsReadEndsWithoutSweepingAnything(String id) throws Exception {
        create("bigint", id);
        try (AddedTableFetcher fetcher = fetcher()) {
            List<ReadRow> read = new ArrayList<>();
            while (read.isEmpty()) {
                read.addAll(rows(fetcher.fetch()));
            }
            database.execute("DROP TABLE t");
            read.addAll(drain(fetcher));

            assertThat(read)
                    .hasSizeBetween(1, ROWS - 1)
                    .allSatisfy(row -> assertThat(row.row().operation()).isEqualTo(Operation.READ));
        }
    }

    @Test
    void aTableThatIsRenamedBeforeItIsReadIsNotTakenForADroppedOne() throws Exception {
        create("bigint", "i");
        try (AddedTableFetcher fetcher = fetcher()) {
            database.execute("ALTER TABLE t RENAME TO other");

            assertThatThrownBy(() -> drain(fetcher))
                    .isInstanceOf(TableLostException.class)
                    .hasMessageStartingWith("Table public.t was renamed to public.other");
        }
    }

    private AddedTableFetcher fetcher() {
        AddedTableFetcher fetcher = new AddedTableFetcher(config, numbers);
        fetcher.handleSplitsChanges(new SplitsAddition<>(List.of(AddedTable.unread(TABLE, PUBLISHED))));
        return fetcher;
    }

    /** Returns everything that comes until the table is finished. */
    private static List<ReadRow> drain(AddedTableFetcher fetcher) throws Exception {
        List<ReadRow> all = new ArrayList<>();
        RecordsWithSplitIds<ReadRow> next = fetcher.fetch();
        while (!next.finishedSplits().contains(TABLE)) {
            all.addAll(rows(next));
            next = fetcher.fetch();
        }
        all.addAll(rows(next));
        return all;
    }

    private static List<ReadRow> rows(RecordsWithSplitIds<ReadRow> fetched) {
        List<ReadRow> rows = new ArrayList<>();
        while (fetched.nextSplit() != null) {
            for (ReadRow row = fetched.nextRecordFromSplit(); row != null; row = fetched.nextRecordFromSplit()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private void create(String type, String id) throws SQLException {
        database.execute(
                "CREATE TABLE t (id " + type + " PRIMARY KEY, note text)",
                "INSERT INTO t SELECT " + id + ", 'row ' || i FROM generate_series(1, " + ROWS + ") i",
                "ANALYZE t");
        numbers = new PostgresPreflight(config, false).run().numbers();
    }

    private TableReading begin(AddedTable table) throws SQLException {
        return TableReading.begin(table, config);
    }

    private TableBegin beginning(AddedTable table) throws Exception {
        try (TableReading reading = begin(table)) {
            return reading.end().begin();
        }
    }

    private static void drain(TableReading reading, List<ReadRow> rows) throws Exception {
        for (Optional<List<ReadRow>> next = reading.next(); next.isPresent(); next = reading.next()) {
            rows.addAll(next.get());
        }
    }

    private static Set<String> keys(List<ReadRow> rows) {
        Set<String> keys = new HashSet<>();
        rows.forEach(row -> keys.add(new String(row.row().key(), UTF_8)));
        return keys;
    }
}
