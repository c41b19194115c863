package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slots that are not this job's, or no longer hold what it needs. */
@WithServers(Server.POSTGRES)
class PreflightSlotIT {

    private static final String NAME = "preflightslot";

    private Database database;

    @BeforeEach
    void createTable(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void refusesToGoOnWithoutTheSlotOfTheSavepoint() throws Exception {
        assertRefused(true, "does not exist, but the job is restored from a savepoint and needs what it held");
    }

    @Test
    void refusesASlotForStandbys() throws Exception {
        database.execute("SELECT pg_create_physical_replication_slot('" + NAME + "')");

        assertRefused(false, "exists, but is a slot for standbys; name another one");
    }

    @Test
    void refusesASlotOfAnotherDatabase() throws Exception {
        database.asAdministrator("SELECT pg_create_logical_replication_slot('" + NAME + "', 'pgoutput')");

        assertRefused(false, "exists, but for the database postgres; name another one");
    }

    @Test
    void refusesASlotThatIsInUse() throws Exception {
        try (Connection reader = database.address().connect("another reader")) {
            new Sql(reader).rows("SELECT pg_create_logical_replication_slot(?, 'pgoutput', temporary => true)", NAME);

            assertRefused(false, "is in use by another reader: a slot has one. Stop that reader");
        }
    }

    @Test
    void refusesASlotWhosePublicationIsGone() throws Exception {
        prepare();
        database.execute("DROP PUBLICATION " + NAME);

        assertRefused(true, "exists, but its publication preflightslot does not");
    }

    @Test
    void refusesASlotWhoseLogPostgresHasDropped() throws Exception {
        prepare();
        database.invalidateSlots(
                () -> database.value("SELECT wal_status FROM pg_replication_slots WHERE slot_name = '" + NAME + "'")
                        .equals("lost"));

        assertRefused(
                true,
                "was invalidated by Postgres (max_slot_wal_keep_size). Run SELECT"
                        + " pg_drop_replication_slot('preflightslot'). Start without the savepoint"
                        + " and with `generation` raised by one");
    }

    @Test
    void refusesATableThatIsNewToAJobThatGoesOn() throws Exception {
        prepare();
        database.execute("CREATE TABLE later (id int PRIMARY KEY)");
        PostgresChangesConfig both = database.config("public.t", "public.later");

        assertThat(PreflightProblems.of(database, both, true)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("tables.public.later");
            assertThat(problem.message())
                    .startsWith("is new in the routes of a job that goes on from a savepoint")
                    .contains("start the job without the savepoint and with `generation` raised by one");
        });
        database.execute("SELECT pg_drop_replication_slot('" + NAME + "')");
        assertThatCode(() -> new PostgresPreflight(both, false).run())
                .as("without a savepoint it is read whole")
                .doesNotThrowAnyException();
    }

    private void prepare() {
        new PostgresPreflight(database.config("public.t"), false).run();
    }

    private void assertRefused(boolean restored, String message) throws Exception {
        assertThat(PreflightProblems.of(database, database.config("public.t"), restored))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("source.slot");
                    assertThat(problem.message()).startsWith(NAME + " ").contains(message);
                });
    }
}
