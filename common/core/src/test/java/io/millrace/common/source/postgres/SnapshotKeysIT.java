package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.Problems;
import io.millrace.common.event.RowChange;
import io.millrace.common.postgres.TableName;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables whose snapshot is read in several chunks of their key. */
@WithServers(Server.POSTGRES)
class SnapshotKeysIT {

    /** More than two chunks. */
    private static final int ROWS = 1_100;

    /** Type of a key, and the value of row i. */
    private static final String KEYS = """
            smallint:i
            integer:i
            bigint:i
            numeric:i / 8.0
            real:i
            float8:i
            text:concat('x', i)
            varchar(9):concat('x', i)
            char(9):concat('x', i)
            uuid:md5(i::text)::uuid
            date:date '2024-01-01' + i
            time:time '00:00' + i * interval '1 second'
            timestamp:timestamp '2024-01-01' + i * interval '1 second'
            timestamptz:timestamptz '2024-01-01' + i * interval '1 second'""";

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws Exception {
        database = new Database(addresses, "snapshotkeys");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            boolean  | i % 2 = 0                  | bool
            bytea    | int4send(i)                | bytea
            inet     | '10.0.0.0'::inet + i       | inet
            interval | i * interval '1 hour'      | interval
            status   | 'new'                      | status
            own      | 'new'                      | status
            """)
    void everyRowIsReadOnceByAKeyThatCannotBeSplitWhichIsSaidBefore(String type, String value, String base)
            throws Exception {
        createTypes();
        database.execute(
                "CREATE TABLE t (k " + type + ", id int, PRIMARY KEY (k, id))",
                "INSERT INTO t SELECT " + value + ", i FROM generate_series(1, " + ROWS + ") i");
        Problems problems = new Problems();
        new PostgresPreflight(database.config("public.t"), false).check(problems);

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.message())
                        .startsWith("has a primary key that begins with a column of the type " + base + ","));
        assertThat(keys(database.config("public.t"), ROWS).get("public.t")).hasSize(ROWS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            user_id | md5(i::text)::uuid
            own_id  | md5(i::text)::uuid
            number  | i * i
            amount  | i / 8.0
            words   | concat('x', i)
            code    | concat('x', i)
            day     | date '2024-01-01' + i
            """)
    void everyRowIsReadOnceByAKeyOfADomain(String type, String value) throws Exception {
        createTypes();
        database.execute(
                "CREATE TABLE t (k " + type + " PRIMARY KEY)",
                "INSERT INTO t SELECT " + value + " FROM generate_series(1, " + ROWS + ") i");
        Problems problems = new Problems();
        new PostgresPreflight(database.config("public.t"), false).check(problems);

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).as("read in chunks").isEmpty();
        assertThat(keys(database.config("public.t"), ROWS).get("public.t")).hasSize(ROWS);
    }

    private void createTypes() throws SQLException {
        database.execute(
                "CREATE TYPE status AS ENUM ('new')",
                "CREATE DOMAIN own AS status",
                "CREATE DOMAIN user_id AS uuid",
                "CREATE DOMAIN own_id AS user_id",
                "CREATE DOMAIN number AS bigint",
                "CREATE DOMAIN amount AS numeric(9, 3)",
                "CREATE DOMAIN words AS text",
                "CREATE DOMAIN code AS varchar(9)",
                "CREATE DOMAIN day AS date");
    }

    @Test
    void everyRowIsReadOnceByAKeyOfAnyOtherType() throws Exception {
        List<String> tables = new ArrayList<>();
        for (String key : KEYS.lines().toList()) {
            String table = "t" + tables.size();
            tables.add("public." + table);
            database.execute(
                    "CREATE TABLE " + table + " (k " + key.substring(0, key.indexOf(':')) + " PRIMARY KEY)",
                    "INSERT INTO " + table + " SELECT " + key.substring(key.indexOf(':') + 1)
                            + " FROM generate_series(1, " + ROWS + ") i");
        }

        Map<String, Set<String>> keys = keys(database.config(tables.toArray(String[]::new)), tables.size() * ROWS);

        assertThat(keys).containsOnlyKeys(tables);
        keys.forEach((table, read) -> assertThat(read).as(table).hasSize(ROWS));
    }

    /** From which no other is any distance away. */
    @Test
    void everyRowIsReadOnceByANumberOfWhichOneIsNone() throws Exception {
        database.execute(
                "CREATE TABLE t (k numeric PRIMARY KEY)",
                "INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i",
                "INSERT INTO t VALUES ('NaN')");

        assertThat(keys(database.config("public.t"), ROWS + 1).get("public.t"))
                .hasSize(ROWS + 1)
                .contains("{\"k\":\"NaN\"}");
    }

    @Test
    void everyRowIsReadOnceOfTablesWhoseNamesNeedQuotes() throws Exception {
        List<String> tables = new ArrayList<>();
        for (String name : List.of("OrderItem", "user-data", "2fa", "order", "Ünïcode", "_x")) {
            String table = TableName.quote(name);
            tables.add("public." + name);
            database.execute(
                    "CREATE TABLE " + table + " (\"orderId\" int, \"line-no\" int, \"unit$Price\" numeric,"
                            + " PRIMARY KEY (\"orderId\", \"line-no\"))",
                    "INSERT INTO " + table + " SELECT i, i % 7, i FROM generate_series(1, " + ROWS + ") i");
        }

        Map<String, Set<String>> keys = keys(database.config(tables.toArray(String[]::new)), tables.size() * ROWS);

        assertThat(keys).containsOnlyKeys(tables);
        keys.forEach(
                (table, read) -> assertThat(read).as(table).hasSize(ROWS).contains("{\"orderId\":1,\"line-no\":1}"));
    }

    private static Map<String, Set<String>> keys(PostgresChangesConfig config, int rows) throws Exception {
        new PostgresPreflight(config, false).run();
        Configuration settings = new Configuration();
        settings.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        Map<String, Set<String>> keys = new HashMap<>();
        try (CloseableIterator<RowChange> changes = env.fromSource(
                        PostgresChanges.of(config, CaptureStart.at(0)), WatermarkStrategy.noWatermarks(), "postgres")
                .executeAndCollect()) {
            for (int seen = 0; seen < rows; ) {
                RowChange change = changes.next();
                if (!change.table().equals(HeartbeatTable.NAME)) {
                    seen++;
                    keys.computeIfAbsent(change.table(), table -> new HashSet<>())
                            .add(new String(change.key(), UTF_8));
                }
            }
        }
        return keys;
    }
}
