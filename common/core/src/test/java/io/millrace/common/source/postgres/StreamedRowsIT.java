package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stream and snapshot write, value by value, against what Debezium's converters wrote. */
@WithServers(Server.POSTGRES)
class StreamedRowsIT {

    /** Names and types; the first three are the key. */
    private static final List<String> COLUMNS = List.of(
            "id int",
            "\"größe 😀\" text",
            "during tstzrange",
            "small smallint",
            "large bigint",
            "yes boolean NOT NULL",
            "f float4",
            "d float8 NOT NULL",
            "n numeric",
            "\"quoted \"\" \\ name\" varchar(50)",
            "c char(5)",
            "one \"char\"",
            "j jsonb",
            "u uuid",
            "b bytea",
            "da date",
            "ti time",
            "ti3 time(3)",
            "ts timestamp",
            "ts3 timestamp(3)",
            "tz timestamptz",
            "tz0 timestamptz(0)",
            "words text[]",
            "times timestamptz[]",
            "o oid",
            "money money",
            "span interval");

    private static final List<String> ROWS = List.of("""
            1, 'plain', '[2026-01-01 00:00Z,2026-06-01 00:00Z)', 1, 2, true, 1.5, 0.1, 1.50, 'x', 'ab', 'a', '{"a": 1}',
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '\\x00ff', '2026-01-31', '10:00', '10:00:00.123',
            '2026-01-31 10:00:00.123456', '2026-01-31 10:00:00.123', '2026-01-31 10:00:00.5Z', '2026-07-31 10:00Z',
            '{a,NULL,"b c"}', '{2026-01-31 10:00:00Z}', 7, 12.34, '1 day 02:03:04'""", """
            2, e'\\t"\\\\ \\u0001 \\u00e4 😀 \\u2028', 'empty', -32768, -9223372036854775808, false, 'NaN', '-0', 'NaN', '', '', '',
            '[]', NULL, '', 'infinity', '24:00', '24:00', 'infinity', '-infinity', '-infinity', 'infinity', '{}', '{}', 0, -1, '-1 mon'""", """
            3, '', '(,)', 32767, 9223372036854775807, false, 1e-38, 1e300, 1e-20, 'é', 'é', 'z', 'null', NULL, NULL,
            '0044-03-15 BC', '23:59:59.999999', '00:00', '0044-03-15 12:00:00 BC', '12026-01-01 00:00', '0044-03-15 12:00:00Z BC',
            '12026-01-01 00:00Z', NULL, NULL, 4294967295, 0, '0'""", """
            4, 'x', '[1999-12-31 23:00Z,)', NULL, NULL, true, 'Infinity', '4.9e-324', '-1', NULL, NULL, NULL, NULL, NULL, NULL,
            '0001-01-01', '00:00:00.000001', '23:59:59.999', '0001-01-01 00:00', '1969-12-31 23:59:59.999', '9999-12-31 23:59:59.999999Z',
            '0001-01-01 00:00Z', '{{a,b},{c,d}}', '{infinity}', NULL, NULL, NULL""");

    private static final int LATER = 1_000;

    private final TimeZone zone = TimeZone.getDefault();
    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws Exception {
        database = new Database(addresses, "streamedrows");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        TimeZone.setDefault(zone);
        database.close();
    }

    @Test
    void areTheBytesThatDebeziumWritesWhereverTheMachineIs() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        database.execute(Stream.concat(
                        Stream.of("CREATE TABLE t (" + String.join(", ", COLUMNS)
                                + ", PRIMARY KEY (id, \"größe 😀\", during))"),
                        ROWS.stream().map(row -> "INSERT INTO t VALUES (" + row + ")"))
                .toArray(String[]::new));

        List<RowChange> changes = Captured.stream(
                database,
                database.config("public.t"),
                2 * ROWS.size(),
                "CREATE TEMP TABLE copy AS TABLE t",
                "UPDATE copy SET id = id + " + LATER,
                "INSERT INTO t TABLE copy");

        assertThat(texts(changes, Operation.CREATE))
                .hasSize(ROWS.size())
                .containsExactlyInAnyOrderElementsOf(texts(changes, Operation.READ));
        assertThat(changes.subList(0, ROWS.size()))
                .extracting(change -> text(change.after()))
                .containsExactlyInAnyOrderElementsOf(byDebezium());
    }

    /** The rows as Debezium 1.9.8 and its JSON converter had them. */
    private static List<String> byDebezium() throws IOException {
        try (InputStream rows = StreamedRowsIT.class.getResourceAsStream("rows-by-debezium.json")) {
            return List.of(text(rows.readAllBytes()).split("\n"));
        }
    }

    private static List<String> texts(List<RowChange> changes, Operation operation) {
        return changes.stream()
                .filter(change -> change.operation() == operation)
                .map(change -> text(change.key())
                        + text(change.after())
                        + text(change.schema().key())
                        + text(change.schema().value()))
                .map(text -> text.replaceAll("\"id\":100(\\d)", "\"id\":$1"))
                .toList();
    }

    /** To tell it of a plain column as well would be a third of each message. */
    @Test
    void tellTheTypeInPostgresOfTheColumnsWhoseFieldDoesNotSayIt() throws Exception {
        database.execute("CREATE TABLE t (" + String.join(", ", COLUMNS) + ", PRIMARY KEY (id))");

        List<RowChange> changes =
                Captured.stream(database, database.config("public.t"), 1, "INSERT INTO t VALUES (" + ROWS.get(0) + ")");

        assertThat(toldTypes(changes.get(0).schema().value()))
                .isEqualTo(Map.ofEntries(
                        Map.entry("during", "TSTZRANGE"),
                        Map.entry("n", "NUMERIC"),
                        Map.entry("quoted \" \\ name", "VARCHAR"),
                        Map.entry("c", "BPCHAR"),
                        Map.entry("one", "CHAR"),
                        Map.entry("words", "_TEXT"),
                        Map.entry("times", "_TIMESTAMPTZ"),
                        Map.entry("o", "OID"),
                        Map.entry("money", "MONEY"),
                        Map.entry("span", "INTERVAL")));
    }

    private static Map<String, String> toldTypes(byte[] schema) throws IOException {
        Map<String, String> told = new HashMap<>();
        for (JsonNode row : new ObjectMapper().readTree(schema).path("fields")) {
            if (row.path("field").asText().equals("after")) {
                for (JsonNode column : row.path("fields")) {
                    JsonNode type = column.path("parameters").path("__debezium.source.column.type");
                    if (type.isTextual()) {
                        told.put(column.path("field").asText(), type.asText());
                    }
                }
            }
        }
        return told;
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void haveTheKeyOfThenWhenItsColumnsHaveOtherNamesByNow() throws Exception {
        database.execute("CREATE TABLE t (a int, b int, c int, PRIMARY KEY (c, a))");

        List<RowChange> changes = Captured.stream(
                database,
                database.config("public.t"),
                3,
                "INSERT INTO t VALUES (1, 2, 3)",
                "ALTER TABLE t RENAME a TO z",
                "INSERT INTO t VALUES (4, 5, 6)",
                "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (b)",
                "INSERT INTO t VALUES (7, 8, 9)");

        assertThat(changes)
                .extracting(change -> text(change.key()))
                .containsExactly("{\"a\":1,\"c\":3}", "{\"z\":4,\"c\":6}", "{\"b\":8}");
    }

    @Test
    void haveTheSnapshotsKeyAlsoIfItsIndexIncludesMore() throws Exception {
        database.execute(
                "CREATE TABLE t (b int, c int, a int, PRIMARY KEY (a, b) INCLUDE (c))",
                "INSERT INTO t VALUES (1, 2, 3)");

        List<RowChange> changes =
                Captured.stream(database, database.config("public.t"), 3, "UPDATE t SET c = 4", "DELETE FROM t");

        assertThat(changes).extracting(change -> text(change.key())).containsOnly("{\"a\":3,\"b\":1}");
    }

    /** Postgres does not send a large value that did not change, but the row before holds it. */
    @Test
    void areWholeUnderReplicaIdentityFull() throws Exception {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, note text, size int)",
                "ALTER TABLE t ALTER note SET STORAGE EXTERNAL",
                "ALTER TABLE t REPLICA IDENTITY FULL");

        List<RowChange> changes = Captured.stream(
                database,
                database.config("public.t"),
                2,
                "INSERT INTO t VALUES (1, repeat('x', 10000), 1)",
                "UPDATE t SET size = 2");

        String note = "x".repeat(10_000);
        assertThat(text(changes.get(1).before())).isEqualTo("{\"id\":1,\"note\":\"" + note + "\",\"size\":1}");
        assertThat(text(changes.get(1).after())).isEqualTo("{\"id\":1,\"note\":\"" + note + "\",\"size\":2}");
    }
}
