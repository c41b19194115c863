package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.postgres.Sql;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys of types that only the row's schema tells. */
@WithServers(Server.POSTGRES)
class KeyColumnsIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final SampleTable PRICES =
            new SampleTable().numericKey("id", 12, 2).column("name", "TEXT", SchemaBuilder.string());

    private static final String TYPES = "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            + " WHERE attrelid = '<TABLE>'::regclass AND attnum > 0 AND attname IN ('id', 'addr') ORDER BY attname";

    @TempDir
    Path letters;

    private ReadModelJob job;

    @BeforeAll
    static void makeSchema(Addresses addresses) throws SQLException {
        try (Connection connection = ReadModelJob.address(addresses).connect("test")) {
            Sql sql = new Sql(connection);
            sql.execute("DROP SCHEMA IF EXISTS " + ReadModelJob.QUOTED_SCHEMA + " CASCADE");
            sql.execute("CREATE SCHEMA " + ReadModelJob.QUOTED_SCHEMA);
        }
    }

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        job = new ReadModelJob(ReadModelJob.address(addresses), name, Map.of(), letters);
    }

    @Test
    void haveTheTypesOfTheSource() throws Exception {
        job.write(row(1, "1.50"), row(1, "2.00"));
        job.write(UserTable.of(PRICES, 2, Map.of("id", "1.50"), null));
        job.write(UserTable.tombstone(PRICES, 3, Map.of("id", "1.50")));

        assertThat(job.read(TYPES)).containsExactly("id\tnumeric");
        assertThat(job.read("SELECT id FROM <VIEW>")).containsExactly("2.00");
        assertThat(job.read("SELECT id, _version FROM <TABLE> WHERE _deleted_at IS NOT NULL"))
                .containsExactly("1.50\t3");
        assertThat(job.letters.read()).isEmpty();
    }

    /** By the key alone they would be bytes, and the deletion one of another row. */
    @Test
    void areReadAsTheRowsAre() throws Exception {
        SampleTable log = new SampleTable().unknownKey("id", "PG_LSN").column("name", "TEXT", SchemaBuilder.string());
        Map<String, ?> key = Map.of("id", "16/B374D848".getBytes(StandardCharsets.UTF_8));
        job.write(UserTable.of(log, 1, key, key));
        job.write(UserTable.of(log, 2, key, null));

        assertThat(job.read(TYPES)).containsExactly("id\tpg_lsn");
        assertThat(job.read("SELECT id, _version FROM <TABLE> WHERE _deleted_at IS NOT NULL"))
                .containsExactly("16/B374D848\t2");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void ofSomebodyElsesTableStay() throws Exception {
        job.execute("CREATE TABLE <TABLE> (id numeric PRIMARY KEY, name text, _version bigint NOT NULL DEFAULT 0,"
                + " _deleted_at timestamptz)");
        job.execute("INSERT INTO <TABLE> (id, name) VALUES (1.5, 'was'), (2, 'stays')");
        job.write(UserTable.tombstone(PRICES, 1, Map.of("id", "7.00")));
        job.write(row(1, "1.50"));

        assertThat(job.read(TYPES)).containsExactly("id\tnumeric");
        assertThat(job.read("SELECT id, name FROM <VIEW> ORDER BY id")).containsExactly("1.5\tann", "2\tstays");
    }

    /** So did an earlier version. */
    @Test
    void thatWereMadeTextStayText() throws Exception {
        job.execute("CREATE TABLE <TABLE> (id text PRIMARY KEY, name text, _version bigint NOT NULL,"
                + " _deleted_at timestamptz)");
        job.execute("INSERT INTO <TABLE> VALUES ('1.50', 'was', 1, NULL), ('2.00', 'was', 1, NULL)");
        job.write(row(2, "1.50"));
        job.write(UserTable.of(PRICES, 2, Map.of("id", "2.00"), null));

        assertThat(job.read(TYPES)).containsExactly("id\ttext");
        assertThat(job.read("SELECT id, name FROM <VIEW>")).containsExactly("1.50\tann");
        assertThat(job.letters.read()).isEmpty();
    }

    /** What was deleted before there was a table: nothing but the key is known. */
    @Test
    void ofADeletionBeforeEveryRowAreTextAndTakeTheRows() throws Exception {
        job.write(List.of(UserTable.tombstone(PRICES, 1, Map.of("id", "7.00"))));
        job.write(row(1, "1.50"));

        assertThat(job.read(TYPES)).containsExactly("id\ttext");
        assertThat(job.read("SELECT id, name FROM <VIEW>")).containsExactly("1.50\tann");
    }

    private static RowChange row(long version, String id) {
        return UserTable.of(PRICES, version, Map.of("id", id), Map.of("id", id, "name", "ann"));
    }
}
