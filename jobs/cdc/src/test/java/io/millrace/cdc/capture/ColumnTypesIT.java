package io.millrace.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.PostgresChanges;
import io.millrace.common.source.postgres.PostgresChangesConfig;
import io.millrace.common.source.postgres.PostgresPreflight;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers(Server.POSTGRES)
class ColumnTypesIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Type and value of columns that arrive as a value of their own; then what arrives. */
    private static final Map<String, String[]> TYPED = typed();

    /** Types that arrive as what Postgres prints. */
    private static final Map<String, String> TEXT = text();

    private TestDatabase database;

    @BeforeEach
    void openDatabase(Addresses addresses) throws Exception {
        database = new TestDatabase(addresses, "columntypes");
        database.dropSlot();
    }

    @Test
    void everyTypeArrivesTheSameFromSnapshotAndStream() throws Exception {
        createTable();
        database.execute("INSERT INTO every VALUES (1" + values() + ")", "INSERT INTO every (id) VALUES (2)");

        List<RowChange> changes = capture(3, "INSERT INTO every VALUES (3" + values() + ")");

        JsonNode snapshot = row(changes, 1);
        JsonNode nulls = row(changes, 2);
        JsonNode stream = row(changes, 3);
        assertThat(snapshot).isEqualTo(stream);
        TYPED.forEach((column, cell) -> assertThat(stream.get(column).toString())
                .as("%s %s", column, cell[0])
                .isEqualTo(cell[2]));
        Map<String, String> printed = database.row("SELECT " + printed() + " FROM every WHERE id = 1");
        TEXT.keySet()
                .forEach(column -> assertThat(stream.get(column).asText())
                        .as("%s %s", column, TEXT.get(column))
                        .isEqualTo(printed.get(column)));
        nulls.fields()
                .forEachRemaining(field ->
                        assertThat(field.getValue().isNull()).as("%s", field).isTrue());
    }

    private void createTable() throws Exception {
        StringBuilder ddl = new StringBuilder("CREATE TABLE every (id integer PRIMARY KEY");
        TYPED.forEach(
                (column, cell) -> ddl.append(", ").append(column).append(' ').append(cell[0]));
        TEXT.forEach((column, cell) ->
                ddl.append(", ").append(column).append(' ').append(cell.substring(0, cell.indexOf(" = "))));
        database.execute(
                "CREATE TYPE status AS ENUM ('new', 'in use')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE <= 100)",
                "CREATE DOMAIN small AS int",
                ddl + ")");
    }

    private static String values() {
        StringBuilder values = new StringBuilder();
        TYPED.values().forEach(cell -> values.append(", ").append(cell[1]));
        TEXT.values().forEach(cell -> values.append(", ").append(cell.substring(cell.indexOf(" = ") + 3)));
        return values.toString();
    }

    private static String printed() {
        return String.join(
                ", ",
                TEXT.keySet().stream()
                        .map(column -> column + "::text AS " + column)
                        .toList());
    }

    private List<RowChange> capture(int count, String duringStream) throws Exception {
        PostgresChangesConfig config = database.config("every");
        new PostgresPreflight(config, false).run();
        Configuration settings = new Configuration();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
        env.enableCheckpointing(500);
        List<RowChange> changes = new ArrayList<>();
        try (CloseableIterator<RowChange> rows = env.fromSource(
                        PostgresChanges.of(config, 0), WatermarkStrategy.noWatermarks(), "postgres")
                .executeAndCollect()) {
            database.execute(duringStream);
            while (changes.size() < count) {
                RowChange change = rows.next();
                if (change.table().equals("columntypes.every")) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private static JsonNode row(List<RowChange> changes, int id) throws Exception {
        for (RowChange change : changes) {
            ObjectNode row = (ObjectNode) MAPPER.readTree(change.after());
            if (row.remove("id").asInt() == id) {
                return row;
            }
        }
        throw new AssertionError("no row " + id + " among " + changes.size());
    }

    private static Map<String, String[]> typed() {
        Map<String, String[]> types = new LinkedHashMap<>();
        types.put("c_int2", new String[] {"smallint", "-32768", "-32768"});
        types.put("c_int8", new String[] {"bigint", "9223372036854775807", "9223372036854775807"});
        types.put("c_float4", new String[] {"real", "'NaN'", "\"NaN\""});
        types.put("c_float8", new String[] {"double precision", "'-Infinity'", "\"-Infinity\""});
        types.put("c_pi", new String[] {"double precision", "3.141592653589793", "3.141592653589793"});
        types.put(
                "c_numeric",
                new String[] {"numeric", "12345678901234567890.00000000010", "\"12345678901234567890.00000000010\""});
        types.put("c_numnan", new String[] {"numeric", "'NaN'", "\"NaN\""});
        types.put("c_numinf", new String[] {"numeric", "'Infinity'", "\"Infinity\""});
        types.put("c_tiny", new String[] {"numeric", "0.0000000001", "\"0.0000000001\""});
        types.put("c_percent", new String[] {"percent", "99.5", "\"99.50\""});
        types.put("c_small", new String[] {"small", "7", "7"});
        types.put("c_bool", new String[] {"boolean", "true", "true"});
        types.put("c_text", new String[] {"text", "'a\"b\\c' || chr(10) || 'ü€😀'", "\"a\\\"b\\\\c\\nü€😀\""});
        types.put("c_varchar", new String[] {"varchar(20)", "'v'", "\"v\""});
        types.put("c_char", new String[] {"char(3)", "'c'", "\"c  \""});
        types.put("c_enum", new String[] {"status", "'in use'", "\"in use\""});
        types.put("c_uuid", new String[] {
            "uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\""
        });
        types.put("c_bytea", new String[] {"bytea", "'\\x00ff10'", "\"AP8Q\""});
        types.put("c_json", new String[] {"json", "'{\"b\": 1,  \"a\":[1.10]}'", "\"{\\\"b\\\": 1,  \\\"a\\\":[1.10]}\""
        });
        types.put(
                "c_jsonb",
                new String[] {"jsonb", "'{\"b\": 1,  \"a\":[1.10]}'", "\"{\\\"a\\\": [1.10], \\\"b\\\": 1}\""});
        types.put("c_ints", new String[] {"integer[]", "'{1,NULL,3}'", "[1,null,3]"});
        types.put("c_grid", new String[] {"integer[]", "'{{1,2},{3,4}}'", "[[1,2],[3,4]]"});
        types.put("c_texts", new String[] {
            "text[]", "ARRAY['a,b', 'q\"', NULL, 'NULL', '']", "[\"a,b\",\"q\\\"\",null,\"NULL\",\"\"]"
        });
        types.put("c_none", new String[] {"text[]", "'{}'", "[]"});
        types.put("c_nums", new String[] {"numeric[]", "'{1.10,NaN}'", "[\"1.10\",\"NaN\"]"});
        types.put("c_bools", new String[] {"boolean[]", "'{t,f}'", "[true,false]"});
        types.put("c_enums", new String[] {"status[]", "'{new,\"in use\"}'", "[\"new\",\"in use\"]"});
        types.put("c_dates", new String[] {"date[]", "'{2024-02-29}'", "[\"2024-02-29\"]"});
        types.put("c_uuids", new String[] {
            "uuid[]", "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'", "[\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"]"
        });
        types.put("c_date", new String[] {"date", "'2024-02-29'", "19782"});
        types.put("c_time", new String[] {"time", "'10:11:12.123456'", "36672123456"});
        types.put("c_timestamp", new String[] {"timestamp", "'2024-02-29 10:11:12.123456'", "1709201472123456"});
        types.put("c_millis", new String[] {"timestamp(3)", "'2024-02-29 10:11:12.123'", "1709201472123"});
        types.put(
                "c_timestamptz",
                new String[] {"timestamptz", "'2024-02-29 10:11:12.123456+02'", "\"2024-02-29T08:11:12.123456Z\""});
        return types;
    }

    private static Map<String, String> text() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("t_money", "money = 1234.5::numeric::money");
        types.put("t_interval", "interval = '1 year 2 months -3 days 04:05:06.789'");
        types.put("t_inet", "inet = '10.1.2.3/8'");
        types.put("t_cidr", "cidr = '10.0.0.0/8'");
        types.put("t_macaddr", "macaddr = '08:00:2b:01:02:03'");
        types.put("t_int4range", "int4range = '[1,5)'");
        types.put("t_tsrange", "tsrange = '[2024-01-01,2024-02-01)'");
        types.put("t_multirange", "int4multirange = '{[1,2),[5,9)}'");
        types.put("t_bit", "bit(5) = B'10101'");
        types.put("t_bit1", "bit = B'1'");
        types.put("t_varbit", "bit varying(9) = B'101'");
        types.put("t_point", "point = '(1,2.5)'");
        types.put("t_box", "box = '((1,2),(3,4))'");
        types.put("t_circle", "circle = '<(1,2),3>'");
        types.put("t_polygon", "polygon = '((0,0),(1,1),(1,0))'");
        types.put("t_timetz", "timetz = '10:11:12.123456+02'");
        types.put("t_xml", "xml = '<a>1</a>'");
        types.put("t_tsvector", "tsvector = to_tsvector('simple', 'a fat cat')");
        types.put("t_lsn", "pg_lsn = '16/B374D848'");
        types.put("t_pair", "pair = ROW(1, 'x y')::pair");
        types.put("t_jsonpath", "jsonpath = '$.a'");
        return types;
    }
}
