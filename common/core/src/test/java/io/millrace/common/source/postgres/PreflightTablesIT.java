package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.postgres.TableName;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that cannot be captured, or that capturing would harm. */
@WithServers(Server.POSTGRES)
class PreflightTablesIT {

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws SQLException {
        database = new Database(addresses, "preflighttables");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE other (id int PRIMARY KEY)           | does not exist in this database
            CREATE VIEW t AS SELECT 1 AS id                   | is not an ordinary, logged table
            CREATE UNLOGGED TABLE t (id int PRIMARY KEY)      | is not an ordinary, logged table
            CREATE TABLE t (id int UNIQUE)                    | has no primary key
            CREATE TABLE t (id int PRIMARY KEY DEFERRABLE)    | run ALTER TABLE "public"."t" REPLICA IDENTITY FULL
            CREATE TABLE t (id int PRIMARY KEY, "Id" int)     | has the columns id, Id, whose names differ in upper
            """)
    void refusesWhatHasNoRowsOfItsOwnOrNoKey(String create, String message) throws Exception {
        database.execute(create);

        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REPLICA IDENTITY NOTHING | another replica identity than the table's key. Run ALTER TABLE low REPLICA IDENTITY
            SET UNLOGGED             | has the partition low, which is foreign or unlogged
            """)
    void refusesAPartitionWhoseChangesWouldBeMissing(String alter, String message) throws Exception {
        createPartitionedTable();
        database.execute("ALTER TABLE low " + alter);

        assertRefused(message);
    }

    @Test
    void publishesTheChangesOfPartitionsAsTheTables() throws Exception {
        createPartitionedTable();
        database.execute("CREATE PUBLICATION " + database.name() + " FOR TABLE t");

        new PostgresPreflight(config("postgres"), false).run();

        assertThat(database.value("SELECT pubviaroot FROM pg_publication WHERE pubname = '" + database.name() + "'"))
                .isEqualTo("t");
        assertThat(database.value("SELECT count(*) FROM pg_publication_tables WHERE pubname = '" + database.name()
                        + "' AND tablename = 't'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REPLICA IDENTITY NOTHING           | Run ALTER TABLE "public"."t" REPLICA IDENTITY DEFAULT
            REPLICA IDENTITY USING INDEX other | another index than its primary key as REPLICA IDENTITY
            """)
    void refusesAnIdentityThatDoesNotSayWhichRowItWas(String identity, String message) throws Exception {
        createTable();
        database.execute("CREATE UNIQUE INDEX other ON t (code)", "ALTER TABLE t " + identity);

        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource({"REPLICA IDENTITY DEFAULT", "REPLICA IDENTITY FULL", "REPLICA IDENTITY USING INDEX t_pkey"})
    void takesAnIdentityThatSaysTheKey(String identity) throws Exception {
        createTable();
        database.execute("ALTER TABLE t " + identity);

        new PostgresPreflight(config("postgres"), false).run();

        database.execute("INSERT INTO t VALUES (1, 'a')", "UPDATE t SET code = 'b'", "DELETE FROM t");
    }

    /** The harm that the check keeps away: with a deferrable key, Postgres would refuse its owner's updates. */
    @Test
    void aPublishedTableWithADeferrableKeyCouldNotBeUpdated() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY DEFERRABLE)", "INSERT INTO t VALUES (1)");
        assertThatCode(() -> database.execute("UPDATE t SET id = 2")).doesNotThrowAnyException();

        database.execute("CREATE PUBLICATION harm FOR TABLE t");

        assertThatThrownBy(() -> database.execute("UPDATE t SET id = 3")).hasMessageContaining("replica identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "a.b", "a`b", "cash$", "a+b", "a,b"})
    void refusesANameThatTheSnapshotCannotReadBack(String name) throws Exception {
        database.execute("CREATE TABLE " + TableName.quote(name) + " (id int PRIMARY KEY)");

        assertThat(PreflightProblems.of(database, database.config("public." + name)))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("has a name of other than letters, digits");
    }

    @Test
    void refusesATableThatTheUserMayNotRead() throws Exception {
        String user = publishedFor();

        assertThat(PreflightProblems.of(database, config(user)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains(
                                "tables.public.t",
                                "Grant it USAGE ON SCHEMA \"public\" and SELECT ON \"public\".\"t\""));
    }

    @Test
    void refusesATableInASchemaThatTheUserMayNotUse() throws Exception {
        String user = publishedFor();
        database.execute("GRANT SELECT ON t TO " + user, "REVOKE USAGE ON SCHEMA public FROM PUBLIC");

        assertThat(PreflightProblems.of(database, config(user)))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("may not be read by this user");
    }

    @Test
    void refusesATableWhoseRowsAreHiddenFromTheUser() throws Exception {
        String user = publishedFor();
        database.execute(
                "GRANT SELECT ON t TO " + user,
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY few ON t USING (id > 5)");

        assertThat(PreflightProblems.of(database, config(user)))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("has row security");

        database.execute("ALTER ROLE " + user + " BYPASSRLS");
        new PostgresPreflight(config(user), false).run();
    }

    @Test
    void refusesATableThatTheUserCannotPublish() throws Exception {
        String user = database.user("reader", "REPLICATION");
        createTable();
        database.execute("GRANT SELECT ON t TO " + user, "GRANT CREATE ON DATABASE " + database.name() + " TO " + user);

        assertThat(PreflightProblems.of(database, config(user)))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("is not in the publication " + database.name() + " and this user does not own it");
    }

    /** Before version 18, and from a publication that does not say so, no generated column is sent. */
    @Test
    void notesGeneratedColumnsThatTheStreamNeverBrings() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED,"
                + " half int GENERATED ALWAYS AS (id / 2) VIRTUAL)");
        assertThat(notes()).singleElement().asString().endsWith("they are in no target: half");

        database.execute("CREATE PUBLICATION " + database.name() + " FOR TABLE t");

        assertThat(notes()).singleElement().asString().endsWith("they are in no target: twice, half");
    }

    @Test
    void refusesAKeyWithAGeneratedColumnThatTheStreamNeverBrings() throws Exception {
        database.execute(
                "CREATE TABLE t (id int NOT NULL, twice int GENERATED ALWAYS AS (id * 2) STORED,"
                        + " PRIMARY KEY (id, twice))",
                "CREATE PUBLICATION " + database.name() + " FOR TABLE t");

        assertRefused("has a primary key with generated columns that Postgres sends in no change: twice");

        database.execute("ALTER PUBLICATION " + database.name() + " SET (publish_generated_columns = stored)");
        new PostgresPreflight(config("postgres"), false).run();
    }

    private List<Problem> notes() {
        Problems problems = new Problems();
        new PostgresPreflight(config("postgres"), false).check(problems);
        return problems.notes();
    }

    /** Returns a user that lacks nothing but the rights on the table itself. */
    private String publishedFor() throws SQLException {
        String user = database.user("reader", "REPLICATION");
        createTable();
        database.execute(
                "CREATE SCHEMA millrace AUTHORIZATION " + user,
                HeartbeatTable.CREATE_TABLE,
                "ALTER TABLE millrace.heartbeat OWNER TO " + user,
                "CREATE PUBLICATION " + database.name() + " FOR TABLE t, millrace.heartbeat");
        return user;
    }

    private void createTable() throws SQLException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL)");
    }

    private void createPartitionedTable() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (10)");
    }

    private void assertRefused(String message) throws Exception {
        assertThat(PreflightProblems.of(database, config("postgres")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("tables.public.t");
                    assertThat(problem.message()).contains(message);
                });
    }

    private PostgresChangesConfig config(String user) {
        return database.configAs(user, "public.t");
    }
}
