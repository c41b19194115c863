package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Problems;
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
    void tellsATableThatIsNewToAJobThatGoesOn() throws Exception {
        prepare();
        database.execute("CREATE TABLE later (id int PRIMARY KEY)");
        PostgresChangesConfig both = database.config("public.t", "public.later");

        PostgresPreflight preflight = new PostgresPreflight(both, true);
        Problems problems = new Problems();
        preflight.check(problems);

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).singleElement().satisfies(note -> {
            assertThat(note.path()).isEqualTo("tables.public.later");
            assertThat(note.message()).startsWith("is new: its rows are read while");
        });
        assertThatThrownBy(() -> preflight.prepare(1L << 50))
                .hasMessageContaining("holds versions up to the position")
                .hasMessageContaining("`generation` raised by one");
    }

    @Test
    void movesTheLogOnAboveWhatTheTopicOfANewTableHolds() throws Exception {
        prepare();
        database.execute("CREATE TABLE later (id int PRIMARY KEY)");
        PostgresPreflight preflight = new PostgresPreflight(database.config("public.t", "public.later"), true);
        try (Connection connection = database.address().connect("test")) {
            long highest = LogEnd.of(new Sql(connection)) + 1_000_000;

            CaptureStart start = preflight.prepare(highest);

            assertThat(start.unpublished()).containsExactly("public.later");
            assertThat(start.published()).isBetween(highest, LogEnd.of(new Sql(connection)));
            assertThat(preflight.prepare(highest + 1_000_000).published())
                    .as("whoever is new to the savepoint, though it is published by now")
                    .isGreaterThanOrEqualTo(highest + 1_000_000);
            assertThat(preflight.prepare(1L << 50).published())
                    .as("nobody is known to be new")
                    .isLessThan(1L << 50);
        }
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
