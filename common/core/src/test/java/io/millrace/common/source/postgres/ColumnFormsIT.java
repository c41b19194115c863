package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ColumnForms;
import io.millrace.common.event.ColumnForms.Form;
import io.millrace.common.event.RowChange;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What snapshot and stream tell of the forms of columns, while the table changes. */
@WithServers(Server.POSTGRES)
class ColumnFormsIT {

    private static final int TEXT = 25;

    private Database database;

    @BeforeEach
    void createTable(Addresses addresses) throws Exception {
        database = new Database(addresses, "columnforms");
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, \"the \"\"body\" text, n int)",
                "INSERT INTO t VALUES (1, 'a', 0)");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        database.close();
    }

    @Test
    void stayWhatTheyAreWhenOtherThingsChange() throws Exception {
        List<RowChange> changes = captured(
                8,
                "UPDATE t SET n = 1",
                "ALTER TABLE t ADD COLUMN more text",
                "UPDATE t SET n = 2",
                "CREATE INDEX ON t (n)",
                "UPDATE t SET n = 3",
                "VACUUM FULL t",
                "ANALYZE t",
                "UPDATE t SET n = 4",
                "ALTER TABLE t ALTER n TYPE bigint",
                "UPDATE t SET n = 5",
                "ALTER TABLE t ALTER more TYPE varchar(9) USING left(more, 9)",
                "UPDATE t SET n = 6",
                "ALTER TABLE t DROP COLUMN more, OWNER TO CURRENT_USER",
                "UPDATE t SET n = 7");

        assertThat(changes).extracting(ColumnFormsIT::body).doesNotContainNull().containsOnly(body(changes.get(0)));
        assertThat(body(changes.get(0)).type()).isEqualTo(TEXT);
        assertThat(forms(changes.get(0)).holdsAt(0)).as("a row of the snapshot").isTrue();
        assertThat(forms(changes.get(0)).columns()).hasSize(1);
    }

    /** Nothing but the catalog tells: the schema is the same, and no row changes. */
    @Test
    void areOthersAfterARewriteToTheSameType() throws Exception {
        List<RowChange> changes = captured(
                4,
                "UPDATE t SET \"the \"\"body\" = 'b'",
                "ALTER TABLE t ALTER \"the \"\"body\" TYPE text USING upper(\"the \"\"body\")",
                "UPDATE t SET n = 1",
                "ALTER TABLE t ALTER \"the \"\"body\" TYPE text USING \"the \"\"body\" || 'x'",
                "UPDATE t SET n = 2");

        int firstRewritten = 2;
        for (int later = firstRewritten; later < changes.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                assertThat(mayStand(changes.get(earlier), changes.get(later)))
                        .as("the body of change %d in change %d", earlier, later)
                        .isFalse();
            }
        }
        assertThat(changes.subList(1, changes.size()))
                .extracting(change -> text(change.schema().value()))
                .containsOnly(text(changes.get(1).schema().value()));
    }

    /** Whether a value that one change had is known to be that of a later one that does not have it. */
    private static boolean mayStand(RowChange earlier, RowChange later) {
        return forms(earlier).holdsAt(earlier.source().lsn()) && body(earlier).equals(body(later));
    }

    private List<RowChange> captured(int count, String... commands) throws Exception {
        return Captured.stream(database, database.config("public.t"), count, commands);
    }

    private static Form body(RowChange change) {
        return forms(change).of("the \\\"body");
    }

    private static ColumnForms forms(RowChange change) {
        return change.schema().forms();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
