package io.millrace.common.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.metrics.MetricNames;
import io.millrace.common.postgres.Sql;
import io.millrace.common.sink.batch.UserHistory;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is in a table after writes in any order, some of which it refuses. */
@WithServers(Server.POSTGRES)
class PostgresTargetIT {

    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(2);

    private static final UserTable USERS = UserTable.named();

    @TempDir
    Path letters;

    private Addresses addresses;
    private String name;
    private ReadModelJob job;

    @BeforeAll
    static void dropSchema(Addresses addresses) throws SQLException {
        try (Connection connection = ReadModelJob.address(addresses).connect("test")) {
            new Sql(connection).execute("DROP SCHEMA IF EXISTS " + ReadModelJob.QUOTED_SCHEMA + " CASCADE");
        }
    }

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) {
        this.addresses = addresses;
        this.name = test.getTestMethod().orElseThrow().getName();
        job = job(Map.of());
    }

    private ReadModelJob job(Map<String, String> types) {
        return new ReadModelJob(ReadModelJob.address(addresses), name, types, letters);
    }

    @Test
    void makesATableOfVersionsAndAViewOfCurrentRows() throws Exception {
        job.write(USERS.row(1, 1, "ann"), USERS.row(2, 2, "bob"), USERS.row(3, 3, "cy"));
        job.write(USERS.row(4, 2, "ben"), USERS.delete(5, 3), USERS.delete(6, 4));

        assertThat(job.read("SELECT * FROM <VIEW> ORDER BY id")).containsExactly("1\tann", "2\tben");
        assertThat(job.read("SELECT id, name, _version, _deleted_at > now() - interval '1 hour' FROM <TABLE>"
                        + " ORDER BY id"))
                .containsExactly("1\tann\t1\tnull", "2\tben\t4\tnull", "3\tnull\t5\tt", "4\tnull\t6\tt");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void refusesAnOlderWriteEvenAfterADeleteAndTakesAnEqualOne() throws Exception {
        job.write(
                USERS.row(10, 1, "new"),
                USERS.row(Long.MAX_VALUE, 2, "last"),
                USERS.delete(10, 3),
                USERS.row(10, 4, "first"),
                USERS.delete(10, 5));
        JobID late = job.write(
                        USERS.row(9, 1, "old"),
                        USERS.delete(9, 1),
                        USERS.row(9, 2, "old"),
                        USERS.row(9, 3, "old"),
                        USERS.row(10, 4, "again"),
                        USERS.row(11, 5, "back"))
                .getJobID();

        assertThat(job.read("SELECT * FROM <VIEW> ORDER BY id"))
                .containsExactly("1\tnew", "2\tlast", "4\tagain", "5\tback");
        assertThat(COUNTERS.counted(late, MetricNames.STALE.name())).isEqualTo(4);
        assertThat(COUNTERS.counted(late, MetricNames.RECORDS_OUT.name())).isEqualTo(2);
    }

    @Test
    void convergesWhateverTheOrderAndHoweverOftenAChangeArrives() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = UserHistory.of(random);
        List<String> expected = UserHistory.outcome(changes);
        changes.addAll(changes.subList(0, 500));
        Collections.shuffle(changes, random);

        job.write(changes);

        assertThat(job.read("SELECT * FROM <VIEW> ORDER BY id")).isEqualTo(expected);
        assertThat(job.letters.read()).isEmpty();
    }

    /** The control: the same statement, less its guard. */
    @Test
    void doesNotConvergeWithoutTheGuard() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = UserHistory.of(random);
        List<String> expected = UserHistory.outcome(changes);
        Collections.shuffle(changes, random);

        writeUnguarded(changes);

        assertThat(job.read("SELECT * FROM <VIEW> ORDER BY id")).isNotEmpty().isNotEqualTo(expected);
    }

    private void writeUnguarded(List<RowChange> changes) throws Exception {
        try (Connection connection = job.config.address().connect("test", Map.of("stringtype", "unspecified"))) {
            connection.setAutoCommit(false);
            Tables.Target target = new Tables(ReadModelJob.SCHEMA)
                    .fit(
                            new Sql(connection),
                            job.config.routes().get(0),
                            Set.of(changes.get(0).schema()));
            String unguarded = target.upsert().replaceFirst(" WHERE excluded.*", "");
            assertThat(unguarded).isNotEqualTo(target.upsert());
            GuardedUpsert upsert = new GuardedUpsert(unguarded, TableRow::bind);
            RowReader reader = new RowReader(target.columns(), target.key());
            upsert.prepareStatements(connection);
            for (RowChange change : changes) {
                upsert.addToBatch(reader.read(change));
            }
            upsert.executeBatch();
            connection.commit();
        }
    }

    @Test
    void aRowThatAConstraintRefusesIsTheOnlyDeadLetter() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        job.execute("ALTER TABLE <TABLE> ADD CONSTRAINT polite CHECK (name <> 'rude')");
        List<RowChange> changes = new ArrayList<>();
        for (int id = 1; id <= 60; id++) {
            changes.add(USERS.row(id + 1, id, id == 23 ? "rude" : "n" + id));
        }
        JobID written = job.write(changes).getJobID();

        assertThat(job.read("SELECT count(*), count(*) FILTER (WHERE id = 23) FROM <VIEW>"))
                .containsExactly("59\t0");
        assertThat(job.letters.read())
                .singleElement()
                .asString()
                .startsWith("24 postgres.public.users Postgres error 23514 ")
                .contains("violates check constraint \"polite\"")
                .doesNotContain("rude");
        assertThat(COUNTERS.counted(written, MetricNames.DEAD_LETTERED.name())).isEqualTo(1);
        assertThat(COUNTERS.counted(written, MetricNames.RECORDS_OUT.name())).isEqualTo(59);
    }

    /** Also if both are in one batch; and nobody is told what the refused one held. */
    @Test
    void aRefusedVersionLeavesTheOneBeforeIt() throws Exception {
        ReadModelJob numbers = job(Map.of("name", "integer"));
        numbers.write(
                USERS.row(1, 1, "1"),
                USERS.row(1, 2, "2"),
                USERS.row(2, 1, "se\"cret"),
                USERS.row(2, 2, "3000000000"),
                USERS.row(3, 3, "nul\0nul"));

        assertThat(numbers.read("SELECT * FROM <VIEW> ORDER BY id")).containsExactly("1\t1", "2\t2");
        assertThat(numbers.letters.read())
                .hasSize(3)
                .noneMatch(
                        letter -> letter.contains("cret") || letter.contains("3000000000") || letter.contains("nul\0"))
                .anyMatch(letter -> letter.contains("error 22P02 ") && letter.contains("invalid input syntax for type"))
                .anyMatch(letter -> letter.contains("error 22003 ") && letter.contains("out of range"))
                .anyMatch(letter -> letter.contains("error 22021 "));
    }

    /** What a trigger says may repeat anything. */
    @Test
    void aRowThatATriggerRefusesIsADeadLetterWithoutItsWords() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        job.execute(
                "CREATE FUNCTION " + ReadModelJob.QUOTED_SCHEMA + ".refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE 'no %', NEW.name; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON <TABLE> FOR EACH ROW WHEN (NEW.id = 2)" + " EXECUTE FUNCTION "
                        + ReadModelJob.QUOTED_SCHEMA + ".refuse()");
        job.write(USERS.row(2, 1, "anna"), USERS.row(2, 2, "canary"), USERS.row(2, 3, "cy"));

        assertThat(job.read("SELECT name FROM <VIEW> ORDER BY id")).containsExactly("anna", "cy");
        assertThat(job.letters.read())
                .singleElement()
                .asString()
                .contains("error P0001 ", "a trigger or a rule")
                .doesNotContain("canary");
    }

    @Test
    void sweepsWhatIsOlderAndLeavesItsKeyAlone() throws Exception {
        job.write(USERS.row(5, 1, "old"), USERS.row(9, 2, "kept"), USERS.delete(4, 3));
        job.write(RowChange.sweep(UserTable.NAME, 9));
        job.write(USERS.row(8, 1, "late"));

        assertThat(job.read("SELECT * FROM <VIEW>")).containsExactly("2\tkept");
        assertThat(job.read("SELECT id, name, _version FROM <TABLE> WHERE id <> 2 ORDER BY id"))
                .containsExactly("1\tnull\t9", "3\tnull\t4");
    }

    @Test
    void sweepsATableThatIsNotThere() throws Exception {
        job.write(RowChange.sweep(UserTable.NAME, 9));
        job.write(USERS.row(1, 1, "ann"));

        assertThat(job.read("SELECT * FROM <VIEW>")).containsExactly("1\tann");
    }

    @Test
    void aChangeWithoutASchemaIsADeadLetter() throws Exception {
        RowChange change = USERS.row(1, 1, "ann");
        job.write(new RowChange(
                change.table(),
                change.operation(),
                1,
                change.key(),
                null,
                change.after(),
                null,
                change.source(),
                change.origin()));

        assertThat(job.letters.read()).singleElement().asString().contains("came without a schema");
    }
}
