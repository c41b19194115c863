package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server settings, users and publications that do not allow a capture. */
@WithServers(Server.POSTGRES)
class PreflightServerIT {

    private static final String NAME = "preflightserver";

    private Database database;

    @BeforeEach
    void createTable(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    /** The settings need a restart of the server, so a function in front of Postgres' own answers for them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wal_level             | replica | source      | has wal_level = replica; changes can be read at `logical` only. Run ALTER SYSTEM SET wal_level = 'logical' and restart
            max_wal_senders       | 0       | source      | has all of its 0 WAL senders in use (max_wal_senders)
            max_replication_slots | 0       | source.slot | preflightserver cannot be created: all 0 slots are in use (max_replication_slots)
            server_version_num    | 110023  | source      | is Postgres 11; 12 is the oldest
            """)
    void refusesAServerThatIsNotSetUpForIt(String setting, String value, String path, String message) throws Exception {
        database.execute(
                "CREATE SCHEMA answers",
                "CREATE FUNCTION answers.current_setting(name text) RETURNS text LANGUAGE sql AS $$ SELECT CASE name"
                        + " WHEN '" + setting + "' THEN '" + value + "' ELSE pg_catalog.current_setting(name) END $$",
                "ALTER DATABASE " + NAME + " SET search_path = answers, pg_catalog, public");

        assertRefused("postgres", path, message);
    }

    @Test
    void refusesAUserWhoMayNotReplicate() throws Exception {
        assertRefused(
                owner(""),
                "source.user",
                "is preflightserver_owner, who may not replicate. Run ALTER ROLE \"preflightserver_owner\" REPLICATION");
    }

    @Test
    void aRoleThatMayReplicateDoesNotPassThatOnToItsMembers() throws Exception {
        database.execute("CREATE ROLE preflightserver_group REPLICATION");

        assertRefused(owner("IN ROLE preflightserver_group"), "source.user", "who may not replicate");
    }

    @Test
    void aUserWithReplicationThatOwnsTheTablesNeedsNoMore() throws Exception {
        String owner = owner("REPLICATION");

        new PostgresPreflight(database.configAs(owner, "public.t"), false).run();

        assertThat(database.value("SELECT pg_get_userbyid(pubowner) FROM pg_publication"))
                .isEqualTo(owner);
    }

    @Test
    void refusesAPublicationOfAllTables() throws Exception {
        database.execute("CREATE PUBLICATION " + NAME + " FOR ALL TABLES");

        assertRefused("postgres", "source.publication", NAME + " is FOR ALL TABLES");
    }

    @Test
    void refusesAPublicationThatLeavesOutKindsOfChanges() throws Exception {
        database.execute("CREATE PUBLICATION " + NAME + " FOR TABLE t WITH (publish = 'insert, update')");

        assertRefused(
                "postgres",
                "source.publication",
                "Run ALTER PUBLICATION \"preflightserver\" SET (publish = 'insert, update, delete, truncate')");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            t, millrace.heartbeat, other
            t (id), millrace.heartbeat
            t WHERE (id > 5), millrace.heartbeat
            """)
    void refusesAnotherOnesPublicationThatHoldsMoreOrLess(String tables) throws Exception {
        String owner = owner("REPLICATION");
        database.execute(
                "CREATE SCHEMA millrace AUTHORIZATION " + owner,
                HeartbeatTable.CREATE_TABLE,
                "ALTER TABLE millrace.heartbeat OWNER TO " + owner,
                "CREATE PUBLICATION " + NAME + " FOR TABLE " + tables);

        assertRefused(
                owner,
                "source.publication",
                "belongs to somebody else. As its owner, run ALTER PUBLICATION \"preflightserver\" SET TABLE"
                        + " ONLY \"public\".\"t\", ONLY \"millrace\".\"heartbeat\"");
    }

    @Test
    void saysHowToMakeAHeartbeatThatTheUserMayNotMake() throws Exception {
        String owner = owner("REPLICATION");
        database.execute("CREATE SCHEMA millrace");

        assertRefused(
                owner,
                "source",
                "run CREATE SCHEMA IF NOT EXISTS millrace; " + HeartbeatTable.CREATE_TABLE
                        + "; ALTER TABLE millrace.heartbeat OWNER TO \"" + owner
                        + "\"; GRANT USAGE ON SCHEMA millrace TO \"" + owner + "\"");

        database.execute(
                "CREATE SCHEMA IF NOT EXISTS millrace",
                HeartbeatTable.CREATE_TABLE,
                "ALTER TABLE millrace.heartbeat OWNER TO \"" + owner + "\"",
                "GRANT USAGE ON SCHEMA millrace TO \"" + owner + "\"");
        new PostgresPreflight(database.configAs(owner, "public.t"), false).run();
    }

    @Test
    void refusesAHeartbeatThatTheUserMayNotWrite() throws Exception {
        String owner = owner("REPLICATION");
        database.execute(
                "CREATE SCHEMA millrace",
                HeartbeatTable.CREATE_TABLE,
                "GRANT USAGE ON SCHEMA millrace TO " + owner,
                "GRANT SELECT ON millrace.heartbeat TO " + owner,
                "CREATE PUBLICATION " + NAME + " FOR TABLE t, millrace.heartbeat");

        assertRefused(owner, "source", "has a table millrace.heartbeat that this user may not write");
    }

    @Test
    void refusesAHeartbeatOfAnotherForm() throws Exception {
        String owner = owner("REPLICATION");
        database.execute(
                "CREATE SCHEMA millrace",
                "CREATE TABLE millrace.heartbeat (pipeline text PRIMARY KEY, beaten_at timestamptz)",
                "GRANT USAGE ON SCHEMA millrace TO " + owner,
                "GRANT SELECT, INSERT, UPDATE ON millrace.heartbeat TO " + owner,
                "CREATE PUBLICATION " + NAME + " FOR TABLE t, millrace.heartbeat");

        assertRefused(owner, "source", "has a table millrace.heartbeat without the columns id and beaten_at");
    }

    /** Returns a user that may create what is needed and owns the table. */
    private String owner(String attributes) throws SQLException {
        String owner = database.user("owner", attributes);
        database.execute("GRANT CREATE ON DATABASE " + NAME + " TO " + owner, "ALTER TABLE t OWNER TO " + owner);
        return owner;
    }

    private void assertRefused(String user, String path, String message) throws Exception {
        assertThat(PreflightProblems.of(database, database.configAs(user, "public.t")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.message()).contains(message);
                });
    }
}
