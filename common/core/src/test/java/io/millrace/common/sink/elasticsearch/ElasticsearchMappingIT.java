package io.millrace.common.sink.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.debezium.data.Enum;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.serde.SampleTable;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a table's columns become in an index, and what they can do there. */
@WithServers(Server.ELASTICSEARCH)
class ElasticsearchMappingIT {

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path letters;

    private final String index = "mapping-" + UUID.randomUUID();
    private String url;
    private SearchServer server;

    @BeforeEach
    void connect(Addresses addresses) {
        url = addresses.elasticsearchUrl();
        server = new SearchServer(url);
    }

    private ElasticsearchJob job(String mapping) throws Exception {
        return new ElasticsearchJob(url, index, mapping, letters).prepared();
    }

    private static SampleTable everyType() {
        return new SampleTable()
                .key("id", "INT8", SchemaBuilder.int64())
                .column("price", "NUMERIC", SchemaBuilder.string())
                .column("ratio", "FLOAT8", SchemaBuilder.float64())
                .column("ok", "BOOL", SchemaBuilder.bool())
                .column("bio", "TEXT", SchemaBuilder.string())
                .column("state", "MOOD", Enum.builder("sad,ok"))
                .column("uuid", "UUID", Uuid.builder())
                .column("raw", "BYTEA", SchemaBuilder.bytes())
                .column("doc", "JSONB", Json.builder())
                .column("tags", "_TEXT", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA))
                .column("day", "DATE", Date.builder())
                .column("clock", "TIME", MicroTime.builder())
                .column("local", "TIMESTAMP", MicroTimestamp.builder())
                .column("instant", "TIMESTAMPTZ", ZonedTimestamp.builder())
                .column("circle", "CIRCLE", SchemaBuilder.bytes());
    }

    private static RowChange row(SampleTable table, long version, Map<String, ?> values) {
        byte[] key = table.keyOf(Map.of("id", values.get("id")));
        return Changes.change(Operation.CREATE, version, key, table.row(values), table.schema());
    }

    private static Map<String, Object> values(long id) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", id);
        values.put("price", "12345678901234567890.10");
        values.put("ratio", 0.5);
        values.put("ok", true);
        values.put("bio", "A quick brown fox");
        values.put("state", "ok");
        values.put("uuid", "5d6bf4c0-0000-4000-8000-000000000000");
        values.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
        values.put("doc", "{\"any\":{\"thing\":[1,2]}}");
        values.put("tags", List.of("red", "blue"));
        values.put("day", 19_782);
        values.put("clock", 86_400_000_000L);
        values.put("local", 1_709_251_199_123_456L);
        values.put("instant", "2024-02-29T23:59:59.123456Z");
        values.put("circle", ByteBuffer.wrap("<(1,2),3>".getBytes(UTF_8)));
        return values;
    }

    private int count(String query) {
        return server.count(index, query);
    }

    @Test
    void findsARowByEachOfItsColumns() throws Exception {
        job(null).write(List.of(row(everyType(), 1, values(1))));

        assertThat(count("{\"range\":{\"price\":{\"gt\":1e19}}}")).isEqualTo(1);
        assertThat(count("{\"term\":{\"price.exact\":\"12345678901234567890.10\"}}"))
                .isEqualTo(1);
        assertThat(count("{\"term\":{\"ratio\":0.5}}")).isEqualTo(1);
        assertThat(count("{\"term\":{\"ok\":true}}")).isEqualTo(1);
        assertThat(count("{\"match\":{\"bio\":\"FOX\"}}")).isEqualTo(1);
        assertThat(count("{\"term\":{\"bio.keyword\":\"A quick brown fox\"}}")).isEqualTo(1);
        assertThat(count("{\"term\":{\"state\":\"ok\"}}")).isEqualTo(1);
        assertThat(count("{\"term\":{\"uuid\":\"5d6bf4c0-0000-4000-8000-000000000000\"}}"))
                .isEqualTo(1);
        assertThat(count("{\"match\":{\"tags\":\"blue\"}}")).isEqualTo(1);
        assertThat(count("{\"range\":{\"day\":{\"gte\":\"2024-02-29\",\"lte\":\"2024-02-29\"}}}"))
                .isEqualTo(1);
        assertThat(count("{\"range\":{\"clock\":{\"gte\":\"23:59:59\"}}}")).isEqualTo(1);
        assertThat(count("{\"range\":{\"local\":{\"gte\":\"2024-02-29T23:59:59.123\"}}}"))
                .isEqualTo(1);
        assertThat(count("{\"range\":{\"instant\":{\"lt\":\"2024-03-01T00:00:00Z\"}}}"))
                .isEqualTo(1);
        assertThat(count("{\"term\":{\"circle\":\"<(1,2),3>\"}}")).isEqualTo(1);
    }

    @Test
    void keepsEveryDigitInTheDocument() throws Exception {
        ElasticsearchJob job = job(null);
        job.write(List.of(row(everyType(), 1, values(1))));

        JsonNode document = server.documents(index).get("1").source();
        assertThat(document.path("price").decimalValue()).isEqualByComparingTo("12345678901234567890.10");
        assertThat(document.path("local").asText()).isEqualTo("2024-02-29T23:59:59.123456");
        assertThat(document.path("doc")).hasToString("{\"any\":{\"thing\":[1,2]}}");
        assertThat(document.path("raw").asText()).isEqualTo("AQI=");
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void takesTheValuesAtTheEdgesOfEachType() throws Exception {
        SampleTable table = everyType();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = 0; id < 9; id++) {
            rows.add(values(id));
        }
        rows.get(0).put("price", "NaN");
        rows.get(1).put("price", "1" + "0".repeat(400));
        rows.get(2).put("ratio", Double.NaN);
        rows.get(3).put("day", -719_529); // the last day before the year 0
        rows.get(4).put("day", 2_932_897); // the first day of the year 10000
        rows.get(5).put("local", 9_223_372_036_825_200_000L); // infinity
        rows.get(6).put("local", -62_198_755_200_000_001L);
        rows.get(7).put("doc", "5");
        rows.get(8).replaceAll((column, value) -> column.equals("id") ? value : null);
        ElasticsearchJob job = job(null);

        job.write(rows.stream().map(row -> row(table, 1, row)).toList());

        assertThat(job.letters.read()).isEmpty();
        assertThat(server.documents(index)).hasSize(9);
        assertThat(count("{\"term\":{\"price.exact\":\"NaN\"}}")).isEqualTo(1);
        assertThat(count("{\"range\":{\"day\":{\"gte\":\"9999-12-31\"}}}")).isEqualTo(1);
        assertThat(count("{\"range\":{\"day\":{\"lt\":\"0001-01-01\"}}}")).isEqualTo(1);
    }

    @Test
    void doesNotLetJsonGrowTheMapping() throws Exception {
        SampleTable table =
                new SampleTable().key("id", "INT8", SchemaBuilder.int64()).column("doc", "JSONB", Json.builder());
        List<RowChange> changes = new ArrayList<>();
        for (int id = 0; id < 100; id++) {
            changes.add(row(table, 1, Map.of("id", (long) id, "doc", hundredNames(id))));
        }
        ElasticsearchJob job = job(null);

        job.write(changes);

        assertThat(server.documents(index)).hasSize(100);
        assertThat(server.properties(index))
                .hasToString("{\"doc\":{\"type\":\"object\",\"enabled\":false},\"id\":{\"type\":\"long\"}}");
        assertThat(job.letters.read()).isEmpty();
    }

    private static String hundredNames(int id) {
        return IntStream.range(0, 100)
                .mapToObj(field -> "\"f" + id + "_" + field + "\":" + field)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void addsAColumnThatTheTableGained() throws Exception {
        ElasticsearchJob job = job(null);
        SampleTable before = new SampleTable().key("id", "INT8", SchemaBuilder.int64());
        SampleTable after =
                new SampleTable().key("id", "INT8", SchemaBuilder.int64()).column("age", "INT4", SchemaBuilder.int32());

        job.write(List.of(
                row(before, 1, Map.of("id", 1L)),
                row(after, 2, Map.of("id", 2L, "age", 40)),
                row(before, 3, Map.of("id", 3L))));

        assertThat(server.documents(index)).hasSize(3);
        assertThat(count("{\"range\":{\"age\":{\"gte\":40}}}")).isEqualTo(1);
    }

    @Test
    void putsAsideWhatDoesNotFitAColumnThatWasRetyped() throws Exception {
        ElasticsearchJob job = job(null);
        SampleTable before =
                new SampleTable().key("id", "INT8", SchemaBuilder.int64()).column("age", "INT4", SchemaBuilder.int32());
        SampleTable after = new SampleTable()
                .key("id", "INT8", SchemaBuilder.int64())
                .column("age", "TEXT", SchemaBuilder.string())
                .column("fresh", "TEXT", SchemaBuilder.string());

        job.write(List.of(row(before, 1, Map.of("id", 1L, "age", 40))));
        job.write(List.of(
                row(after, 2, Map.of("id", 2L, "age", "forty", "fresh", "x")),
                row(after, 3, Map.of("id", 3L, "age", "41", "fresh", "found"))));

        assertThat(server.documents(index)).containsOnlyKeys("1", "3");
        assertThat(count("{\"match\":{\"fresh\":\"found\"}}")).isEqualTo(1);
        assertThat(job.letters.read())
                .singleElement()
                .asString()
                .startsWith("2 elasticsearch." + index + " mapper_parsing_exception 400 failed to parse field [age]");
    }

    @Test
    void mapsAFieldAsTheRouteSays() throws Exception {
        ElasticsearchJob job = job("{\"doc\":{\"properties\":{\"color\":{\"type\":\"keyword\"}}}}");

        Map<String, Object> values = values(1);
        values.put("doc", "{\"color\":\"red\",\"other\":1}");
        job.write(List.of(row(everyType(), 1, values)));

        assertThat(count("{\"term\":{\"doc.color\":\"red\"}}")).isEqualTo(1);
        assertThat(server.properties(index).path("doc").path("properties").fieldNames())
                .toIterable()
                .containsExactly("color");
    }
}
