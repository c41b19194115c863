package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.UserHistory;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@WithServers(Server.CLICKHOUSE)
class ClickHouseTargetIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final UserTable USERS = UserTable.named();

    @TempDir
    Path letters;

    private String url;
    private String name;
    private ClickHouseJob job;

    @BeforeAll
    static void dropDatabase(Addresses addresses) throws Exception {
        ClickHouseJob.send(addresses.clickhouseUrl(), "DROP DATABASE IF EXISTS " + ClickHouseJob.DATABASE);
    }

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) {
        url = addresses.clickhouseUrl();
        name = test.getTestMethod().orElseThrow().getName();
        job = job(Map.of());
    }

    private ClickHouseJob job(Map<String, String> types) {
        return new ClickHouseJob(url, name, types, letters);
    }

    @Test
    void makesATableOfVersionsAndAViewOfCurrentRows() throws Exception {
        job.write(USERS.row(1, 1, "ann"), USERS.row(2, 2, "bob"), USERS.row(3, 3, "cy"));
        job.write(USERS.row(4, 2, "ben"), USERS.delete(5, 3), USERS.delete(6, 4));

        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).containsExactly("1\tann", "2\tben");
        assertThat(job.read("SELECT id, _version, _is_deleted FROM VERSIONS FINAL ORDER BY id"))
                .containsExactly("1\t1\t0", "2\t4\t0");
        assertThat(job.read("SELECT id, _version FROM VERSIONS WHERE _is_deleted = 1 ORDER BY id"))
                .containsExactly("3\t5", "4\t6");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void writesTheSameCompressed() throws Exception {
        ClickHouseJob compressed = ClickHouseJob.compressed(url, name, letters);

        compressed.write(USERS.row(1, 1, "ann ".repeat(1_000)), USERS.row(2, 2, "bob"), USERS.delete(3, 2));

        assertThat(compressed.read("SELECT * FROM VIEW ORDER BY id")).containsExactly("1\t" + "ann ".repeat(1_000));
    }

    @Test
    void refusesAnOlderWriteEvenAfterADelete() throws Exception {
        job.write(USERS.row(10, 1, "new"), USERS.row(Long.MAX_VALUE, 2, "last"), USERS.delete(10, 3));
        job.write(USERS.row(9, 1, "old"), USERS.delete(9, 1), USERS.row(9, 2, "old"), USERS.row(9, 3, "old"));

        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).containsExactly("1\tnew", "2\tlast");
        job.read("OPTIMIZE TABLE " + ClickHouseJob.DATABASE + "." + name + " FINAL");
        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).containsExactly("1\tnew", "2\tlast");
    }

    @Test
    void convergesWhateverTheOrderAndHoweverOftenAChangeArrives() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = UserHistory.of(random);
        List<String> expected = UserHistory.outcome(changes);
        changes.addAll(changes.subList(0, 500));
        Collections.shuffle(changes, random);

        job.write(changes);

        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).isEqualTo(expected);
        assertThat(job.letters.read()).isEmpty();
    }

    /** The control: whoever takes the row that was written last sees another world. */
    @Test
    void wouldNotConvergeWithoutVersions() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = UserHistory.of(random);
        List<String> expected = UserHistory.outcome(changes);
        Collections.shuffle(changes, random);

        assertThat(UserHistory.outcome(changes)).isNotEqualTo(expected);
    }

    @Test
    void aRowThatTheTableCannotHoldIsTheOnlyDeadLetter() throws Exception {
        ClickHouseJob narrow = job(Map.of("name", "Nullable(Int32)"));
        List<RowChange> changes = new ArrayList<>();
        for (int id = 1; id <= 250; id++) {
            changes.add(USERS.row(id, id, id == 77 ? "twelve" : Integer.toString(id)));
        }
        narrow.write(changes);

        assertThat(narrow.read("SELECT count(), sum(name) FROM VIEW")).containsExactly("249\t" + (31_375 - 77));
        assertThat(narrow.letters.read())
                .singleElement()
                .asString()
                .startsWith("77 clickhouse.public.users ")
                .contains("column \"name\" holds a text, which Int32 in ClickHouse cannot hold")
                .doesNotContain("twelve");
    }

    @Test
    void aRowThatClickHouseRefusesIsTheOnlyDeadLetter() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        job.read("ALTER TABLE " + ClickHouseJob.DATABASE + "." + name + " ADD CONSTRAINT polite CHECK name != 'rude'");
        List<RowChange> changes = new ArrayList<>();
        for (int id = 1; id <= 60; id++) {
            changes.add(USERS.row(id + 1, id, id == 23 ? "rude" : "n" + id));
        }
        job.write(changes);

        assertThat(job.read("SELECT count(), countIf(id = 23) FROM VIEW")).containsExactly("59\t0");
        assertThat(job.letters.read())
                .singleElement()
                .asString()
                .startsWith("24 clickhouse.public.users ClickHouse error 469 ")
                .contains("polite")
                .doesNotContain("rude");
    }

    @Test
    void sweepsWhatIsOlder() throws Exception {
        job.write(USERS.row(5, 1, "old"), USERS.row(9, 2, "kept"), USERS.delete(4, 3));
        job.write(RowChange.sweep(UserTable.NAME, 9));
        job.write(USERS.row(8, 1, "late"));

        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("2\tkept");
        assertThat(job.read("SELECT max(_version) FROM VERSIONS WHERE id = 1")).containsExactly("9");
    }

    @Test
    void sweepsATableThatIsNotThere() throws Exception {
        job.write(RowChange.sweep(UserTable.NAME, 9));
        job.write(USERS.row(1, 1, "ann"));

        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("1\tann");
    }

    @Test
    void failsAtOnceAndTellsNobodyThePasswordThatIsWrong() {
        ClickHouseJob wrong = new ClickHouseJob(url, new Secret("canary-4c7e"), name, Map.of(), letters);

        assertThatThrownBy(() -> wrong.write(USERS.row(1, 1, "ann")))
                .satisfies(error -> assertThat(ExceptionUtils.stringifyException(error))
                        .contains("Authentication failed")
                        .doesNotContain("canary-4c7e"));
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
