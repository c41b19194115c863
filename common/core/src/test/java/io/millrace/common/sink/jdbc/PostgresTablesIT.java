package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Backoff;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.postgres.Sql;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.batch.Outcome;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How tables are made, and what becomes of them when schemas change, or when somebody made the table. */
@WithServers(Server.POSTGRES)
class PostgresTablesIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    /** More than the driver executes before it lets a server prepare a statement. */
    private static final int PREPARED_BY_THEN = 8;

    private static final UserTable USERS = UserTable.named();

    @TempDir
    Path letters;

    private Addresses addresses;
    private ReadModelJob job;

    @BeforeAll
    static void makeSchema(Addresses addresses) throws SQLException {
        try (Connection connection = ReadModelJob.address(addresses).connect("test")) {
            Sql sql = new Sql(connection);
            sql.execute("DROP SCHEMA IF EXISTS " + ReadModelJob.QUOTED_SCHEMA + " CASCADE");
            sql.execute("CREATE SCHEMA " + ReadModelJob.QUOTED_SCHEMA);
            sql.execute("DROP ROLE IF EXISTS target_reader");
            sql.execute("CREATE ROLE target_reader");
        }
    }

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) {
        this.addresses = addresses;
        job = job(test.getTestMethod().orElseThrow().getName(), Map.of());
    }

    private ReadModelJob job(String name, Map<String, String> types) {
        return new ReadModelJob(ReadModelJob.address(addresses), name, types, letters);
    }

    @Test
    void widensTheTableAndKeepsWhoMayReadIt() throws Exception {
        job.write(USERS.row(1, 1, "ann"), USERS.row(1, 3, "cy"));
        job.execute("GRANT SELECT ON <VIEW> TO target_reader");
        Map<String, SchemaBuilder> columns = new LinkedHashMap<>();
        columns.put("name", SchemaBuilder.string());
        columns.put("logins", SchemaBuilder.int32());
        job.write(UserTable.with(columns).row(2, 2, Map.of("name", "bob", "logins", 7)), USERS.row(2, 3, "cyd"));
        assertThat(job.read("SELECT id, name, logins FROM <VIEW> ORDER BY id"))
                .containsExactly("1\tann\tnull", "2\tbob\t7", "3\tcyd\tnull");
        columns.put("logins", SchemaBuilder.int64());
        job.write(UserTable.with(columns).row(3, 1, Map.of("name", "ann", "logins", 1L << 40)));

        assertThat(job.read("SELECT id, name, logins FROM <VIEW> ORDER BY id"))
                .containsExactly("1\tann\t1099511627776", "2\tbob\t7", "3\tcyd\tnull");
        assertThat(job.read("SELECT has_table_privilege('target_reader', '" + job.table("_current") + "', 'SELECT')"))
                .containsExactly("t");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void changesAColumnToTextWhenItBecomesText() throws Exception {
        UserTable numbers = UserTable.with(Map.of("code", SchemaBuilder.int32()));
        UserTable texts = UserTable.with(Map.of("code", SchemaBuilder.string()));
        job.write(numbers.row(1, 1, Map.of("code", 17)), numbers.row(1, 2, Map.of("code", 18)));
        job.write(texts.row(2, 2, Map.of("code", "x")));
        job.write(numbers.row(3, 3, Map.of("code", 19)));

        assertThat(job.read("SELECT id, code FROM <VIEW> ORDER BY id")).containsExactly("1\t17", "2\tx", "3\t19");
    }

    @Test
    void leavesNothingOfADroppedColumnInRowsThatChange() throws Exception {
        Map<String, SchemaBuilder> columns = new LinkedHashMap<>();
        columns.put("name", SchemaBuilder.string());
        columns.put("logins", SchemaBuilder.int32());
        job.write(
                UserTable.with(columns).row(1, 1, Map.of("name", "ann", "logins", 7)),
                UserTable.with(columns).row(1, 2, Map.of("name", "bob", "logins", 8)));
        job.write(USERS.row(2, 1, "anna"));

        assertThat(job.read("SELECT id, name, logins FROM <VIEW> ORDER BY id"))
                .containsExactly("1\tanna\tnull", "2\tbob\t8");
    }

    @Test
    void findsTheColumnsOfAKeyWhereverTheyAre() throws Exception {
        SampleTable orders = new SampleTable()
                .column("name", "TEXT", SchemaBuilder.string())
                .required("tenant", "INT4", SchemaBuilder.int32())
                .required("id", "INT4", SchemaBuilder.int32())
                .key("id", "INT4", SchemaBuilder.int32())
                .key("tenant", "INT4", SchemaBuilder.int32());
        job.write(
                UserTable.tombstone(orders, 9, Map.of("id", 7, "tenant", 1)),
                UserTable.of(orders, 1, Map.of("id", 1, "tenant", 1), Map.of("id", 1, "tenant", 1, "name", "one")),
                UserTable.of(orders, 1, Map.of("id", 1, "tenant", 2), Map.of("id", 1, "tenant", 2, "name", "two")));
        job.write(UserTable.of(orders, 2, Map.of("id", 1, "tenant", 1), null));

        assertThat(job.read("SELECT id, tenant, name FROM <VIEW>")).containsExactly("1\t2\ttwo");
        assertThat(job.read("SELECT id, tenant, _version FROM <TABLE> WHERE _deleted_at IS NOT NULL ORDER BY id"))
                .containsExactly("1\t1\t2", "7\t1\t9");
    }

    @Test
    void takesATableThatSomebodyMadeAsItIs() throws Exception {
        job.execute("CREATE TABLE <TABLE> (surrogate bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " id bigint NOT NULL UNIQUE, name varchar(5), stars integer DEFAULT 3,"
                + " shout text GENERATED ALWAYS AS (upper(name)) STORED, loaded timestamptz NOT NULL DEFAULT now(),"
                + " _version bigint NOT NULL DEFAULT 0, _deleted_at timestamptz)");
        job.execute("INSERT INTO <TABLE> (id, name, stars) VALUES (1, 'was', 5), (2, 'stays', 4)");
        job.write(USERS.row(1, 1, "ann"), USERS.row(1, 3, "longer"), USERS.row(1, 4, "gone"));
        job.write(USERS.delete(2, 4));

        assertThat(job.read("SELECT id, name, stars, shout FROM <VIEW> ORDER BY id"))
                .containsExactly("1\tann\t5\tANN", "2\tstays\t4\tSTAYS");
        assertThat(job.read("SELECT name, stars FROM <TABLE> WHERE id = 4")).containsExactly("null\tnull");
        assertThat(job.letters.read()).singleElement().asString().contains("error 22001 ", "character varying(5)");
    }

    @Test
    void givesAColumnTheTypeThatTheRouteChooses() throws Exception {
        ReadModelJob chosen = job("givesAColumnTheType", Map.of("name", "varchar(9)"));
        chosen.write(USERS.row(1, 1, "ann"));
        chosen.write(USERS.row(2, 2, "much too long"), USERS.row(2, 3, "cy"));

        assertThat(chosen.read("SELECT name, pg_typeof(name) FROM <VIEW> ORDER BY id"))
                .containsExactly("ann\tcharacter varying", "cy\tcharacter varying");
        assertThat(chosen.letters.read()).hasSize(1);
    }

    @Test
    void doesNotTouchATableWithoutVersions() throws Exception {
        job.execute("CREATE TABLE <TABLE> (id bigint PRIMARY KEY, name text)");

        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .isInstanceOf(UnfitTableException.class)
                .hasMessageContaining("has not the columns that keep versions and deletions")
                .hasMessageContaining("ADD COLUMN _version bigint NOT NULL DEFAULT 0");
        assertThat(job.read("SELECT count(*) FROM <TABLE>")).containsExactly("0");
    }

    @Test
    void stopsWhenTheKeyIsAnother() throws Exception {
        job.execute("CREATE TABLE <TABLE> (id bigint, name text NOT NULL, _version bigint NOT NULL,"
                + " _deleted_at timestamptz, PRIMARY KEY (id, name))");

        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .isInstanceOf(UnfitTableException.class)
                .hasMessageContaining("has no unique index of [id], which is the key of public.users now");
    }

    /** A server that prepared a statement goes on reading values as the types of that time. */
    @Test
    void followsATypeThatSomebodyChangesMeanwhile() throws Exception {
        PostgresConnections connections =
                new PostgresConnections(ReadModelJob.address(addresses), ReadModelJob.REQUEST_TIMEOUT);
        ReadModelJob chosen = job("meanwhile", Map.of("name", "integer"));
        PostgresRoute route = chosen.config.routes().get(0);
        Upserts upserts = new Upserts(
                connections,
                ReadModelJob.SCHEMA,
                () -> new Outage("Postgres", Backoff.defaults(), new CountDownLatch(1), System::nanoTime));
        try (connections) {
            for (int i = 1; i <= PREPARED_BY_THEN; i++) {
                upserts.carry(route, List.of(USERS.row(i, i, "7")));
            }
            chosen.execute("DROP VIEW <VIEW>", "ALTER TABLE <TABLE> ALTER COLUMN name TYPE text");

            Outcome outcome = upserts.carry(route, List.of(USERS.row(1, 100, "eight"), USERS.row(1, 101, "nine")));

            assertThat(outcome.refused()).isEmpty();
            assertThat(chosen.read("SELECT name FROM <TABLE> WHERE id >= 100 ORDER BY id"))
                    .containsExactly("eight", "nine");
        }
    }

    @Test
    void takesHostileNamesAndValuesAsWhatTheyAre() throws Exception {
        String column = "x\"; DROP TABLE users; --";
        SampleTable table = new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .column(column, "TEXT", SchemaBuilder.string())
                .column(
                        "list",
                        "_TEXT",
                        SchemaBuilder.array(SchemaBuilder.string().optional().build()));
        List<String> values = List.of("'); DROP TABLE users; --", "a\"b\\c,{}", "?", "\r\n\t", "$1", "NULL", "");
        ReadModelJob hostile = job("o\"dd '; $$ tab\\le", Map.of());
        RowChange[] changes = new RowChange[values.size()];
        for (int i = 0; i < changes.length; i++) {
            String value = values.get(i);
            changes[i] = UserTable.of(
                    table, 1, Map.of("id", i), Map.of("id", i, column, value, "list", List.of(value, value)));
        }
        hostile.write(changes);

        assertThat(hostile.letters.read()).isEmpty();
        for (int i = 0; i < changes.length; i++) {
            String quoted = "'" + values.get(i).replace("'", "''") + "'";
            assertThat(hostile.read("SELECT id FROM <VIEW> WHERE \"x\"\"; DROP TABLE users; --\" = " + quoted
                            + " AND list = ARRAY[" + quoted + ", " + quoted + "]"))
                    .as(values.get(i))
                    .containsExactly(Integer.toString(i));
        }
    }

    @Test
    void aColumnThatNoTableCanHaveIsADeadLetter() throws Exception {
        job.write(
                UserTable.with(Map.of("_version", SchemaBuilder.int32())).row(1, 1, Map.of("_version", 1)),
                UserTable.with(Map.of("ü".repeat(32), SchemaBuilder.int32())).row(2, 2, Map.of("ü".repeat(32), 1)));

        assertThat(job.letters.read())
                .hasSize(2)
                .anyMatch(letter -> letter.contains("which each table in Postgres has for itself"))
                .anyMatch(letter -> letter.contains("longer than Postgres' names can be"));
    }
}
