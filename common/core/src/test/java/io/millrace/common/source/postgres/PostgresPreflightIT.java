package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.replication.LogSequenceNumber;

/** What a preflight prepares, and that it changes nothing else. */
@WithServers(Server.POSTGRES)
class PostgresPreflightIT {

    private static final String PUBLISHED =
            "SELECT schemaname || '.' || tablename AS t FROM pg_publication_tables WHERE pubname = 'preflight'";

    private static final String DROP_SLOT = "SELECT pg_drop_replication_slot('preflight')";

    private Database database;

    @BeforeEach
    void createTables(Addresses addresses) throws SQLException {
        database = new Database(addresses, "preflight");
        database.execute(
                "CREATE TABLE users (id bigint PRIMARY KEY, name text)",
                "CREATE TABLE orders (id bigint PRIMARY KEY)",
                "CREATE TABLE secrets (id bigint PRIMARY KEY)",
                "CREATE SCHEMA \"Odd-Schema\"",
                "CREATE TABLE \"Odd-Schema\".\"Ta-ble\" (id bigint PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void makesHeartbeatPublicationAndSlotAndReturnsThePositionBelowAllThatFollows() throws Exception {
        long start = run("public.users", "public.orders", "Odd-Schema.Ta-ble");
        long after = wal();

        assertThat(database.list(PUBLISHED))
                .containsExactly("Odd-Schema.Ta-ble", "millrace.heartbeat", "public.orders", "public.users");
        assertThat(database.value("SELECT concat_ws(' ', pubinsert, pubupdate, pubdelete, pubtruncate, puballtables)"
                        + " FROM pg_publication WHERE pubname = 'preflight'"))
                .isEqualTo("t t t t f");
        assertThat(database.value("SELECT concat_ws(' ', slot_type, plugin, database, active, temporary)"
                        + " FROM pg_replication_slots WHERE slot_name = 'preflight'"))
                .isEqualTo("logical pgoutput preflight f f");
        assertThat(database.value("SELECT count(*) FROM millrace.heartbeat")).isEqualTo("0");
        assertThat(start).isBetween(confirmed(), after);
    }

    @Test
    void startsHigherTheSecondTimeAndLeavesTheRestAlone() throws Exception {
        long first = run("public.users");
        List<String> publications = database.list("SELECT oid::text AS t FROM pg_publication");
        database.execute("INSERT INTO users VALUES (1, 'a')", DROP_SLOT);

        long second = run("public.users");

        assertThat(second).isGreaterThan(first);
        assertThat(database.list("SELECT oid::text AS t FROM pg_publication")).isEqualTo(publications);
    }

    /** Whoever forgot the savepoint is told before anything is read or dropped. */
    @Test
    void doesNotStartAnewWhileItsSlotIsThere() throws Exception {
        run("public.users");
        List<String> traces = database.traces();

        assertThat(PreflightProblems.of(database, database.config("public.users"), false))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("preflight exists, and the job starts without a savepoint")
                        .contains("SELECT pg_drop_replication_slot('preflight')"));

        assertThat(database.traces()).isEqualTo(traces);
    }

    /** With the slot of before, the row would be in neither: unpublished when it was written, uncommitted when read. */
    @Test
    void waitsForTransactionsThatWroteBeforeTheirTableWasPublished() throws Exception {
        run("public.users");
        database.execute(DROP_SLOT);
        try (Connection open = database.address().connect("writer")) {
            open.setAutoCommit(false);
            new Sql(open).execute("INSERT INTO orders VALUES (1)");
            CompletableFuture<Long> start = CompletableFuture.supplyAsync(() -> run("public.users", "public.orders"));
            await("the slot waits for the writer")
                    .until(() -> database.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND query LIKE '%pg_create_logical_replication_slot%'")
                            .equals("1"));
            open.commit();

            assertThat(start.get(180, TimeUnit.SECONDS)).isPositive();
            assertThat(database.list("SELECT tablename AS t FROM pg_publication_tables WHERE tablename = 'orders'"))
                    .containsExactly("orders");
        }
    }

    @Test
    void aRestoredJobKeepsItsSlot() throws Exception {
        run("public.users");
        List<String> traces = database.traces();

        new PostgresPreflight(database.config("public.users"), true).run();

        assertThat(database.traces()).isEqualTo(traces);
    }

    @Test
    void itsOwnPublicationFollowsTheCapturedTables() throws Exception {
        run("public.users", "public.secrets");
        database.execute(DROP_SLOT);

        run("public.users", "public.orders");

        assertThat(database.list(PUBLISHED)).containsExactly("millrace.heartbeat", "public.orders", "public.users");
    }

    @Test
    void itsOwnPublicationLosesRowFiltersAndColumnLists() throws Exception {
        database.execute("CREATE PUBLICATION preflight FOR TABLE users (id) WHERE (id > 5)");

        run("public.users");

        assertThat(database.list("SELECT coalesce(rowfilter, 'all') || ' ' || attnames::text AS t"
                        + " FROM pg_publication_tables WHERE tablename = 'users'"))
                .containsExactly("all {id,name}");
    }

    @Test
    void tellsWhatItTakesAwayFromItsOwnPublication() throws Exception {
        database.execute("CREATE PUBLICATION preflight FOR TABLE users WHERE (id > 5)");
        Problems problems = new Problems();

        new PostgresPreflight(database.config("public.users"), false).check(problems);

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes())
                .containsExactly(new Problem(
                        "source.publication", "preflight has a row filter for public.users, which is taken away"));
    }

    /** Taken away without a word, the filter would leave the targets without what it kept from them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SET TABLE users WHERE (id > 5), millrace.heartbeat | preflight has a row filter for public.users
            SET TABLE users (id), millrace.heartbeat           | preflight has a column list for public.users
            SET (publish = 'insert')                           | preflight leaves out some kinds of changes
            """)
    void aRestoredJobDoesNotGoOnBehindAPublicationThatLeftSomethingOut(String settings, String what) throws Exception {
        run("public.users");
        database.execute("ALTER PUBLICATION preflight " + settings);

        assertThat(PreflightProblems.of(database, database.config("public.users"), true))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith(what)
                        .contains("is in no stream. Drop the slot. Start without the savepoint"));
    }

    @Test
    void knowsTablesByTheirNumbersAndNotByTheirNames() throws Exception {
        PostgresChangesConfig config = database.config("public.users", "public.orders");
        TableNumbers before = new PostgresPreflight(config, false).run().numbers();
        assertThat(before.lost(new PostgresPreflight(config, true).run().numbers()))
                .isEmpty();

        database.execute(
                "ALTER TABLE users RENAME TO other",
                "ALTER TABLE orders RENAME TO users",
                "ALTER TABLE other RENAME TO orders");

        assertThat(before.lost(new PostgresPreflight(config, true).run().numbers()))
                .hasValue("Table public.users was renamed to public.orders");
    }

    @Test
    void aUserWithoutMoreThanItsRightsRunsOnWhatAnAdministratorMade() throws Exception {
        String user = database.user("reader", "REPLICATION");
        database.execute(
                "CREATE SCHEMA millrace",
                HeartbeatTable.CREATE_TABLE,
                "GRANT USAGE ON SCHEMA millrace TO " + user,
                "GRANT SELECT, INSERT, UPDATE ON millrace.heartbeat TO " + user,
                "GRANT SELECT ON users TO " + user,
                "CREATE PUBLICATION preflight FOR TABLE users, millrace.heartbeat",
                "REVOKE CREATE ON DATABASE preflight FROM PUBLIC");

        new PostgresPreflight(database.configAs(user, "public.users"), false).run();

        assertThat(database.value("SELECT plugin FROM pg_replication_slots WHERE slot_name = 'preflight'"))
                .isEqualTo("pgoutput");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws Exception {
        String user = database.user("poor", "");
        database.execute("CREATE TABLE keyless (id int)", "CREATE PUBLICATION preflight FOR ALL TABLES");

        List<Problem> problems = PreflightProblems.of(
                database, database.configAs(user, "public.keyless", "public.missing", "public.users"), true);

        assertThat(problems)
                .extracting(Problem::path)
                .containsExactly(
                        "source.user",
                        "tables.public.keyless",
                        "tables.public.keyless",
                        "tables.public.missing",
                        "tables.public.users",
                        "source",
                        "source.publication",
                        "source.slot");
    }

    @Test
    void aDatabaseThatIsNotThereIsAProblemLikeAnyOther() throws Exception {
        PostgresAddress address = database.address();
        PostgresChangesConfig config = PostgresChangesConfig.of(
                new PostgresAddress(address.host(), address.port(), "no such", address.user(), address.password()),
                List.of("public.users"),
                "preflight",
                "preflight",
                "dbserver1");

        assertThat(PreflightProblems.of(database, config))
                .extracting(Problem::path, Problem::message)
                .containsExactly(tuple(
                        "source",
                        "jdbc:postgresql://" + address.host() + ":" + address.port()
                                + "/no+such answered: FATAL: database \"no such\" does not exist"));
    }

    private long run(String... tables) {
        return new PostgresPreflight(database.config(tables), false).run().position();
    }

    private long wal() throws SQLException {
        return LogSequenceNumber.valueOf(database.value("SELECT pg_current_wal_lsn()"))
                .asLong();
    }

    private long confirmed() throws SQLException {
        return LogSequenceNumber.valueOf(database.value(
                        "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'preflight'"))
                .asLong();
    }
}
