package io.millrace.common.source.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read back is, byte for byte, what the stream had written. */
@WithServers(Server.POSTGRES)
class RowReaderIT {

    private static final String TABLE = "public.odd_one";

    /** Types that Postgres may move out of a row, each with a value so large that it does. */
    private static final Map<String, String> LARGE = large();

    /** Types of keys, each with the keys of two rows. */
    private static final Map<String, List<String>> KEYS = keys();

    private Database database;

    @BeforeEach
    void createDatabase(Addresses addresses) throws Exception {
        database = new Database(addresses, "rowreader");
        database.execute(
                "CREATE TYPE status AS ENUM ('new', 'in use')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN words AS text");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        database.close();
    }

    @Test
    void readsEveryKindOfLargeValueAsTheStreamHadWrittenIt() throws Exception {
        createLarge();
        List<RowChange> changes = Captured.stream(
                database,
                database.config(TABLE),
                2,
                "INSERT INTO odd_one VALUES (1, 'first', 0, " + String.join(", ", LARGE.values()) + ")",
                "UPDATE odd_one SET small = 1");
        RowChange update = changes.get(1);
        Map<String, String> written = texts(changes.get(0).after());
        Map<String, String> sent = texts(update.after());
        List<String> missing = sent.keySet().stream()
                .filter(column -> sent.get(column).equals(Unchanged.JSON))
                .toList();

        try (RowReader reader = new RowReader(database.address(), RowReader.LONGEST_WAIT)) {
            Map<String, byte[]> read =
                    reader.read(update, update.schema(), missing).orElseThrow();

            assertThat(missing).hasSize(LARGE.size());
            assertThat(read).containsOnlyKeys(missing);
            read.forEach((column, json) ->
                    assertThat(new String(json, UTF_8)).as(column).isEqualTo(written.get(column)));
        }
    }

    @Test
    void findsARowByAKeyOfAnyKind() throws Exception {
        List<String> tables = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (Map.Entry<String, List<String>> key : KEYS.entrySet()) {
            String table = "k" + tables.size();
            tables.add("public." + table);
            database.execute(
                    "CREATE TABLE " + table + " (id int, k " + key.getKey() + ", v text, PRIMARY KEY (id, k))");
            key.getValue()
                    .forEach(value ->
                            commands.add("INSERT INTO " + table + " VALUES (7, '" + value + "', '" + value + "')"));
        }

        List<RowChange> changes = Captured.stream(
                database,
                database.config(tables.toArray(String[]::new)),
                commands.size(),
                commands.toArray(String[]::new));

        try (RowReader reader = new RowReader(database.address(), RowReader.LONGEST_WAIT)) {
            for (RowChange change : changes) {
                Map<String, byte[]> read =
                        reader.read(change, change.schema(), List.of("v")).orElseThrow();
                assertThat(new String(read.get("v"), UTF_8))
                        .as(change.table())
                        .isEqualTo(texts(change.after()).get("v"));
            }
        }
    }

    private void createLarge() throws Exception {
        List<String> types = List.copyOf(LARGE.keySet());
        StringBuilder columns = new StringBuilder();
        StringBuilder storage = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            String name = "c" + i;
            columns.append(", ").append(name).append(' ').append(types.get(i));
            storage.append(", ALTER ").append(name).append(" SET STORAGE EXTERNAL");
        }
        database.execute(
                "CREATE TABLE odd_one (id bigint, code text, small int" + columns + ", PRIMARY KEY (code, id))",
                "ALTER TABLE odd_one SET (toast_tuple_target = 128)" + storage);
    }

    private static Map<String, String> texts(byte[] row) {
        return RowJson.columns(row).stream()
                .collect(toMap(
                        RowJson.Column::name,
                        column -> new String(row, column.start(), column.end() - column.start(), UTF_8),
                        (one, other) -> other,
                        LinkedHashMap::new));
    }

    private static String series(String element, String type) {
        return "array(SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE " + element + " END FROM generate_series(1, 3000) i)::"
                + type;
    }

    private static Map<String, String> large() {
        Map<String, String> large = new LinkedHashMap<>();
        large.put("text", "repeat('a\"b\\c' || chr(10) || 'ü€😀', 500)");
        large.put("words", "repeat('w', 4000)");
        large.put("varchar(5000)", "repeat('v', 5000)");
        large.put("char(5000)", "repeat('c', 3000)");
        large.put("bytea", "decode(repeat('00ff10', 1500), 'hex')");
        large.put("json", "('{\"b\": 1,  \"a\":[1.10, \"' || repeat('j', 4000) || '\"]}')::json");
        large.put("jsonb", "('{\"b\": 1,  \"a\":[1.10, \"' || repeat('j', 4000) || '\"]}')::jsonb");
        large.put("numeric", "(repeat('1234567890', 900) || '.50')::numeric");
        large.put("xml", "('<a>' || repeat('x', 4000) || '</a>')::xml");
        large.put("bit varying", "repeat('10110', 9000)::varbit");
        large.put("tsvector", "(SELECT string_agg('word' || i, ' ') FROM generate_series(1, 900) i)::tsvector");
        large.put(
                "path",
                "(SELECT '[' || string_agg('(' || i || ',0.5)', ',') || ']' FROM generate_series(1, 900) i)::path");
        large.put("pair", "ROW(1, repeat('p ', 4000))::pair");
        large.put("int4multirange", "(SELECT range_agg(int4range(i * 3, i * 3 + 1)) FROM generate_series(1, 900) i)");
        large.put("smallint[]", series("i", "smallint[]"));
        large.put("integer[]", series("i", "integer[]"));
        large.put("bigint[]", series("i * 3000000000", "bigint[]"));
        large.put("real[]", series("i / 7.0", "real[]"));
        large.put(
                "double precision[]",
                series("CASE WHEN i = 8 THEN 'NaN' WHEN i = 9 THEN '-Infinity' ELSE i / 7.0 END", "float8[]"));
        large.put("boolean[]", series("i % 2 = 0", "boolean[]"));
        large.put("numeric[]", series("i / 8.0", "numeric[]"));
        large.put("text[]", series("'a,\"\\{}' || i", "text[]"));
        large.put("status[]", series("'in use'", "status[]"));
        large.put("uuid[]", series("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "uuid[]"));
        large.put("date[]", series("'2024-02-29'", "date[]"));
        large.put("timestamptz[]", series("'2024-02-29 10:11:12.123456+02'", "timestamptz[]"));
        large.put("json[]", series("'{\"a\": [1, 2]}'", "json[]"));
        large.put("integer[][]", "array_fill(7, ARRAY[40, 50])");
        large.put("box[]", series("'(3,4),(1,2)'", "box[]"));
        return large;
    }

    private static Map<String, List<String>> keys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Stream.of(
                        "smallint|-1|2",
                        "bigint|9223372036854775807|-9223372036854775808",
                        "text|a\"b\\c|ü€😀",
                        "varchar(20)|x|X",
                        "char(5)|a|b",
                        "uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12",
                        "status|new|in use",
                        "words|one|two",
                        "boolean|true|false",
                        "numeric|1.10|12345678901234567890.5",
                        "double precision|0.1|-1.5e300",
                        "bytea|\\x00ff|\\x",
                        "date|2024-02-29|1969-12-31",
                        "time|10:11:12.123456|00:00",
                        "time(3)|10:11:12.123|23:59:59.999",
                        "timestamp|2024-02-29 10:11:12.123456|1969-12-31 23:59:59.999999",
                        "timestamp(3)|2024-02-29 10:11:12.123|1969-12-31 23:59:59.999",
                        "timestamptz|2024-02-29 10:11:12.123456+02|1969-12-31 23:59:59.999999+00",
                        "inet|10.1.2.3/8|::1",
                        "interval|1 year 2 days|04:05:06.789")
                .map(line -> line.split("\\|"))
                .forEach(key -> keys.put(key[0], List.of(key[1], key[2])));
        return keys;
    }
}
