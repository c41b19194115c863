package io.millrace.common.sink.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Secret;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.serde.SampleTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.connect.data.SchemaBuilder;
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
        List<RowChange> changes = history(random);
        Map<Integer, String> expected = outcome(changes);
        changes.addAll(changes.subList(0, 500));
        Collections.shuffle(changes, random);

        job.write(changes);

        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).isEqualTo(lines(expected));
        assertThat(job.letters.read()).isEmpty();
    }

    /** The control: whoever takes the row that was written last sees another world. */
    @Test
    void wouldNotConvergeWithoutVersions() throws Exception {
        Random random = new Random(11);
        List<RowChange> changes = history(random);
        Map<Integer, String> expected = outcome(changes);
        Collections.shuffle(changes, random);

        assertThat(outcome(changes)).isNotEqualTo(expected);
    }

    private static List<RowChange> history(Random random) {
        List<RowChange> changes = new ArrayList<>();
        for (int version = 1; version <= 3000; version++) {
            int id = random.nextInt(60);
            changes.add(random.nextInt(4) == 0 ? USERS.delete(version, id) : USERS.row(version, id, "v" + version));
        }
        return changes;
    }

    /** Takes the last change of each key in the order of the list. */
    private static Map<Integer, String> outcome(List<RowChange> changes) {
        Map<Integer, String> rows = new TreeMap<>();
        for (RowChange change : changes) {
            int id = Integer.parseInt(new String(change.key(), UTF_8).replaceAll("\\D", ""));
            if (change.isDelete()) {
                rows.remove(id);
            } else {
                rows.put(id, "v" + change.version());
            }
        }
        return rows;
    }

    private static List<String> lines(Map<Integer, String> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + "\t" + row.getValue())
                .toList();
    }

    @Test
    void widensTheTableWhenASchemaBringsSomethingNew() throws Exception {
        job.write(USERS.row(1, 1, "ann"), USERS.row(1, 3, "cy"));
        Map<String, SchemaBuilder> columns = new LinkedHashMap<>();
        columns.put("name", SchemaBuilder.string());
        columns.put("logins", SchemaBuilder.int32());
        job.write(UserTable.with(columns).row(2, 2, Map.of("name", "bob", "logins", 7)), USERS.row(2, 3, "cyd"));
        columns.put("logins", SchemaBuilder.int64());
        job.write(UserTable.with(columns).row(3, 1, Map.of("name", "ann", "logins", 1L << 40)));

        assertThat(job.read("SELECT id, name, logins FROM VIEW ORDER BY id"))
                .containsExactly("1\tann\t1099511627776", "2\tbob\t7", "3\tcyd\t\\N");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void changesAColumnToTextWhenItBecomesText() throws Exception {
        UserTable numbers = UserTable.with(Map.of("code", SchemaBuilder.int32()));
        UserTable texts = UserTable.with(Map.of("code", SchemaBuilder.string()));
        job.write(numbers.row(1, 1, Map.of("code", 17)), numbers.row(1, 2, Map.of("code", 18)));
        job.write(texts.row(2, 2, Map.of("code", "x")));
        job.write(numbers.row(3, 3, Map.of("code", 19)));

        assertThat(job.read("SELECT id, code FROM VIEW ORDER BY id")).containsExactly("1\t17", "2\tx", "3\t19");
    }

    @Test
    void leavesTheRestOfADroppedColumnBehind() throws Exception {
        Map<String, SchemaBuilder> columns = new LinkedHashMap<>();
        columns.put("name", SchemaBuilder.string());
        columns.put("logins", SchemaBuilder.int32());
        job.write(UserTable.with(columns).row(1, 1, Map.of("name", "ann", "logins", 7)));
        job.write(USERS.row(2, 1, "anna"), USERS.row(2, 2, "bob"));

        assertThat(job.read("SELECT id, name, logins FROM VIEW ORDER BY id"))
                .containsExactly("1\tanna\t\\N", "2\tbob\t\\N");
    }

    /** Before, a row that lacks the column; after, one that has it no longer: neither has 0 there. */
    @Test
    void givesNullToRowsThatLackAColumnWhichIsNeverNull() throws Exception {
        SampleTable with = new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .required("amount", "INT4", SchemaBuilder.int32())
                .required("tags", "_TEXT", SchemaBuilder.array(SchemaBuilder.STRING_SCHEMA));
        SampleTable without = new SampleTable().key("id", "INT4", SchemaBuilder.int32());
        Map<String, Object> row = Map.of("id", 1, "amount", 7, "tags", List.of("a"));
        job.write(UserTable.of(with, 1, Map.of("id", 1), row));
        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("1\t7\t['a']");

        job.write(UserTable.of(without, 2, Map.of("id", 1), Map.of("id", 1)));

        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("1\t\\N\t[]");
    }

    @Test
    void givesNullToTheRowsOfOneBatchThatLackTheColumnOfOthers() throws Exception {
        SampleTable with = new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .required("amount", "INT4", SchemaBuilder.int32());
        SampleTable without = new SampleTable().key("id", "INT4", SchemaBuilder.int32());

        job.write(
                UserTable.of(without, 1, Map.of("id", 1), Map.of("id", 1)),
                UserTable.of(without, 1, Map.of("id", 2), Map.of("id", 2)),
                UserTable.of(with, 2, Map.of("id", 3), Map.of("id", 3, "amount", 7)),
                UserTable.of(with, 2, Map.of("id", 4), Map.of("id", 4, "amount", 8)));

        assertThat(job.read("SELECT * FROM VIEW ORDER BY id")).containsExactly("1\t\\N", "2\t\\N", "3\t7", "4\t8");
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
                UserTable.tombstone(orders, 9, Map.of("id", 8, "tenant", 1)),
                UserTable.of(orders, 1, Map.of("id", 1, "tenant", 1), Map.of("id", 1, "tenant", 1, "name", "one")),
                UserTable.of(orders, 1, Map.of("id", 1, "tenant", 2), Map.of("id", 1, "tenant", 2, "name", "two")));
        job.write(UserTable.of(orders, 2, Map.of("id", 1, "tenant", 1), null));

        assertThat(job.read("SELECT id, tenant, name FROM VIEW")).containsExactly("1\t2\ttwo");
        assertThat(job.read("SELECT id, tenant, _version FROM VERSIONS WHERE _is_deleted = 1 ORDER BY id"))
                .containsExactly("1\t1\t2", "7\t1\t9", "8\t1\t9");
        assertThat(job.letters.read()).isEmpty();
    }

    /** Two subtasks do not see each other's changes: what one remembers of the table is out of date. */
    @Test
    void neverNarrowsWhatAnotherSubtaskHasWidened() throws Exception {
        try (ClickHouseClient client = job.client()) {
            Tables slow = new Tables(client, ClickHouseJob.DATABASE);
            Tables fast = new Tables(client, ClickHouseJob.DATABASE);
            fit(slow, SchemaBuilder.int16());
            fit(fast, SchemaBuilder.int64());
            job.write(UserTable.with(Map.of("code", SchemaBuilder.int64())).row(1, 1, Map.of("code", 1L << 40)));

            fit(slow, SchemaBuilder.int32());

            assertThat(job.read("SELECT code FROM VIEW")).containsExactly("1099511627776");
        }
    }

    private void fit(Tables tables, SchemaBuilder code) throws Exception {
        RowChange change = UserTable.with(Map.of("code", code)).delete(1, 1);
        tables.fit(
                new ClickHouseRoute(UserTable.NAME, name, Map.of()), Set.of(Objects.requireNonNull(change.schema())));
    }

    @Test
    void makesTheViewAgainThatSomebodyDropped() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        ClickHouseJob.send(url, "DROP VIEW " + ClickHouseJob.DATABASE + "." + name + "_current");
        job.write(USERS.row(2, 2, "bob"));

        assertThat(job.read("SELECT name FROM VIEW ORDER BY id")).containsExactly("ann", "bob");
    }

    @Test
    void takesATableThatSomebodyMadeAsItIs() throws Exception {
        ClickHouseJob.send(url, "CREATE DATABASE IF NOT EXISTS " + ClickHouseJob.DATABASE);
        ClickHouseJob.send(
                url,
                "CREATE TABLE " + ClickHouseJob.DATABASE + "." + name
                        + " (id Int64, at DateTime64(6), code Decimal(20,3), loaded DateTime DEFAULT now(),"
                        + " _version UInt64, _is_deleted UInt8)"
                        + " ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY id");
        SampleTable events = new SampleTable()
                .key("id", "INT4", SchemaBuilder.int32())
                .required("at", "TIMESTAMP", SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp"))
                .required("code", "NUMERIC", SchemaBuilder.string());

        job.write(UserTable.of(events, 1, Map.of("id", 1), Map.of("id", 1, "at", 1_500_000L, "code", "1.5")));

        assertThat(job.read("SELECT id, toUnixTimestamp64Micro(at), code, loaded > '2020-01-01' FROM VIEW"))
                .containsExactly("1\t1500000\t1.5\t1");
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
    void goesOnWhenSomebodyChangedOrDroppedTheTable() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        job.read("DROP TABLE " + ClickHouseJob.DATABASE + "." + name);
        job.write(USERS.row(2, 2, "bob"));

        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("2\tbob");
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
    void doesNotTouchATableThatIsNoneOfVersions() throws Exception {
        ClickHouseJob.send(url, "CREATE DATABASE IF NOT EXISTS " + ClickHouseJob.DATABASE);
        ClickHouseJob.send(
                url,
                "CREATE TABLE " + ClickHouseJob.DATABASE + "." + name
                        + " (id Int64, name String) ENGINE = MergeTree ORDER BY id");

        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .hasMessageContaining("has the engine MergeTree")
                .hasMessageContaining("need ReplacingMergeTree(_version, _is_deleted)");
        assertThat(job.read("SELECT count() FROM VERSIONS")).containsExactly("0");
    }

    @Test
    void stopsWhenTheKeyIsAnother() throws Exception {
        ClickHouseJob.send(url, "CREATE DATABASE IF NOT EXISTS " + ClickHouseJob.DATABASE);
        ClickHouseJob.send(
                url,
                "CREATE TABLE " + ClickHouseJob.DATABASE + "." + name
                        + " (id Int64, name String, _version UInt64, _is_deleted UInt8)"
                        + " ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY (id, name)");

        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .hasMessageContaining("is sorted by [id, name], but the key of public.users is now [id]");
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
