package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.serde.SampleTable;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How tables are made, and what becomes of them when schemas change or somebody changes the table. */
@WithServers(Server.CLICKHOUSE)
class ClickHouseTablesIT {

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
            Tables slow = new Tables(client, ClickHouseJob.DATABASE, false);
            Tables fast = new Tables(client, ClickHouseJob.DATABASE, false);
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
    void goesOnWhenSomebodyChangedOrDroppedTheTable() throws Exception {
        job.write(USERS.row(1, 1, "ann"));
        job.read("DROP TABLE " + ClickHouseJob.DATABASE + "." + name);
        job.write(USERS.row(2, 2, "bob"));

        assertThat(job.read("SELECT * FROM VIEW")).containsExactly("2\tbob");
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

    /** Told once, and not asked for ever. */
    @Test
    void stopsWhenClickHouseMakesNoSuchTable() {
        assertThatThrownBy(() -> job(Map.of("id", "Nullable(Int64)")).write(USERS.row(1, 1, "ann")))
                .rootCause()
                .isInstanceOf(UnfitTableException.class)
                .hasMessageContaining("does not take rows of public.users")
                .hasMessageContaining("Sorting key contains nullable columns");
    }
}
