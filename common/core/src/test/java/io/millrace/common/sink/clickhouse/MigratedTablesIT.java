package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.common.sink.clickhouse.ClickHouseConfig.Connection;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables that only migrations make: what is not as they make it is told before a job starts, and never made by one. */
@WithServers(Server.CLICKHOUSE)
class MigratedTablesIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(2);

    private static final UserTable USERS = UserTable.named();
    private static final Map<String, String> TYPES = Map.of("id", "Int64", "name", "String");

    @TempDir
    Path letters;

    private String url;
    private String name;
    private ClickHouseJob job;

    @BeforeEach
    void connect(Addresses addresses, TestInfo test) throws Exception {
        url = addresses.clickhouseUrl();
        name = test.getTestMethod().orElseThrow().getName();
        job = ClickHouseJob.migrated(url, name, TYPES, letters);
        ClickHouseJob.send(url, "CREATE DATABASE IF NOT EXISTS " + ClickHouseJob.DATABASE);
    }

    @Test
    void aMissingTableIsNotMade() throws Exception {
        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .isInstanceOf(UnfitTableException.class)
                .hasMessageContaining("does not exist; run ./millrace migrate");
        assertThat(ClickHouseJob.send(url, "EXISTS TABLE " + ClickHouseJob.DATABASE + "." + name))
                .startsWith("0");
    }

    @Test
    void aMissingColumnIsNotAdded() throws Exception {
        make("id Int64", "PARTITION BY id % 2");

        assertThatThrownBy(() -> job.write(USERS.row(1, 1, "ann")))
                .rootCause()
                .isInstanceOf(UnfitTableException.class)
                .hasMessageContaining("has no column name; run ./millrace migrate");
        assertThat(ClickHouseJob.send(url, "DESCRIBE TABLE " + ClickHouseJob.DATABASE + "." + name))
                .doesNotContain("name");
    }

    @Test
    void takesATableOfAMigration() throws Exception {
        make("id Int64, name String, at DateTime DEFAULT now()", "PARTITION BY id % 2");
        job.write(USERS.row(1, 1, "ann"), USERS.row(2, 1, "anna"));

        assertThat(job.read("SELECT id, name, at > '2020-01-01' FROM VERSIONS FINAL"))
                .containsExactly("1\tanna\t1");
        assertThat(problems(job.config().routes())).isEmpty();
    }

    @Test
    void tellsEverythingAtOnce() throws Exception {
        make("id Int64", "");
        List<ClickHouseRoute> routes = List.of(
                new ClickHouseRoute("a", name, TYPES),
                new ClickHouseRoute("b", "never_made", TYPES),
                new ClickHouseRoute("c", "not_either", TYPES));

        assertThat(problems(routes))
                .hasSize(3)
                .anySatisfy(text -> assertThat(text).contains("tables." + name).contains("has no column name"))
                .anySatisfy(text -> assertThat(text).contains("tables." + name).contains("has no partitions"))
                .anySatisfy(text -> assertThat(text)
                        .contains("targets.clickhouse.database")
                        .contains("has no table never_made, not_either; run ./millrace migrate"));
    }

    @Test
    void aServerThatDoesNotAnswerIsNotedOnly() {
        Problems problems = new Problems();
        Connection nowhere = new Connection(
                "http://127.0.0.1:1", "millrace", "default", null, null, Duration.ofSeconds(2), Compression.NONE);
        new MigratedTables(nowhere, problems)
                .require("targets.clickhouse", job.config().routes());

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes())
                .singleElement()
                .asString()
                .contains("could not be checked for its tables")
                .contains("127.0.0.1:1 does not answer");
    }

    private void make(String columns, String partitions) throws Exception {
        ClickHouseJob.send(
                url,
                "CREATE OR REPLACE TABLE " + ClickHouseJob.DATABASE + "." + name + " (" + columns
                        + ", _version UInt64, _is_deleted UInt8) ENGINE = ReplacingMergeTree(_version, _is_deleted) "
                        + partitions + " ORDER BY id");
    }

    private List<String> problems(List<ClickHouseRoute> routes) {
        Problems problems = new Problems();
        new MigratedTables(job.config().connection(), problems).require("targets.clickhouse", routes);
        return problems.found().stream().map(Problem::toString).toList();
    }
}
