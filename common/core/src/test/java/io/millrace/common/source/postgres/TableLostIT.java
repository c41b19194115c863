package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.Sql;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that took another's name, or gave its own away, ends the job: its changes would reach nobody. */
@WithServers(Server.POSTGRES)
class TableLostIT {

    private static final String NAME = "tablelost";

    private Database database;

    @BeforeEach
    void prepare(Addresses addresses) throws SQLException {
        database = new Database(addresses, NAME);
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void forGood() {
        assertThat(ThrowableClassifier.getThrowableType(new TableLostException("gone")))
                .isEqualTo(ThrowableType.NonRecoverableError);
    }

    @Test
    void byARename() {
        assertLost(
                () -> capture(3, "INSERT INTO t VALUES (1)", "ALTER TABLE t RENAME TO x", "INSERT INTO x VALUES (2)"),
                "Table public.t was renamed to public.x");
    }

    @Test
    void byARenameBeforeItsFirstChange() {
        assertLost(
                () -> capture(1, "ALTER TABLE t RENAME TO x"),
                "There is no table public.t any more",
                "has public.x, which has no route");
    }

    @Test
    void byASwap() {
        assertLost(
                () -> capture(
                        2,
                        "CREATE TABLE n (id int PRIMARY KEY)",
                        "ALTER TABLE t RENAME TO x",
                        "ALTER TABLE n RENAME TO t",
                        "INSERT INTO t VALUES (1)"),
                "Table public.t is not in the publication");
    }

    /** Both names are those of tables that are captured and published, and stay so. */
    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO t VALUES (1)", "SELECT 'nobody writes'"})
    void byASwapWithAnotherCapturedTable(String then) {
        assertLost(
                () -> capture(
                        1, "ALTER TABLE t RENAME TO x; ALTER TABLE u RENAME TO t; ALTER TABLE x RENAME TO u", then),
                "Table public.u was renamed to public.t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO t VALUES (1)", "SELECT 'nobody writes'"})
    void byBeingMadeAnewAndPublishedAtOnce(String then) {
        assertLost(
                () -> capture(
                        1,
                        "DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY); ALTER PUBLICATION " + NAME + " ADD TABLE t",
                        then),
                "Table public.t was dropped and made anew, or another table got its name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SET TABLE t WHERE (id > 5), u, millrace.heartbeat | The publication tablelost has a row filter for public.t
            SET TABLE t, u (id), millrace.heartbeat           | The publication tablelost has a column list for public.u
            SET (publish = 'insert, update')                  | The publication tablelost leaves out some kinds of changes
            """)
    void byOtherSettingsOfThePublication(String settings, String what) {
        assertLost(() -> capture(1, "ALTER PUBLICATION " + NAME + " " + settings), what);
    }

    @Test
    void byBeingMadeAnew() {
        assertLost(
                () -> capture(1, "DROP TABLE t", "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)"),
                "Table public.t is not in the publication");
    }

    @Test
    void byAColumnWhoseNameDiffersFromAnotherInCaseAlone() {
        assertLost(
                () -> capture(1, "ALTER TABLE t ADD \"ID\" int", "INSERT INTO t VALUES (1, 2)"),
                "Table public.t has columns whose names differ in upper and lower case alone");
    }

    @Test
    void notByADrop() throws Exception {
        List<RowChange> changes = capture(2, "INSERT INTO t VALUES (1)", "DROP TABLE t", "INSERT INTO u VALUES (3)");

        assertThat(changes)
                .extracting(change -> new String(change.key(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":1}", "{\"id\":3}");
        try (Connection connection = database.address().connect("test")) {
            Publication publication = Publication.of(config(), new Sql(connection));
            assertThat(publication.lost(TableNumbers.NONE)).isEmpty();
            assertThat(publication.dropped()).containsExactly("public.t");
        }
    }

    private List<RowChange> capture(int count, String... commands) throws Exception {
        return Captured.stream(database, config(), count, commands);
    }

    private PostgresChangesConfig config() {
        return database.config("public.t", "public.u");
    }

    private static void assertLost(ThrowingCallable capture, String... what) {
        AbstractThrowableAssert<?, ?> failure =
                assertThatThrownBy(capture).hasStackTraceContaining(TableLostException.class.getName());
        for (String part : what) {
            failure.hasStackTraceContaining(part);
        }
    }
}
