package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lettuce.core.RedisClient;
import io.millrace.cdc.JobInProcess;
import io.millrace.cdc.proof.TypesPage.Line;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every type of Postgres in every target, as docs/column-types.md says. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class ColumnTypesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "every";

    /** Keeps every digit. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private final LocalServers servers;

    ColumnTypesIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void aValueAppearsAsItsPageSaysAndANullAsNullFromSnapshotAndStream() throws Exception {
        TypesPage page = TypesPage.read();
        assertThat(page.lines()).hasSizeGreaterThan(50);
        try (CdcPipeline pipeline = CdcPipeline.open("types", servers)) {
            pipeline.execute(page.setUp());
            pipeline.execute(table(page.lines()));

            capture(
                    pipeline,
                    insert(1, page.lines()) + "; INSERT INTO every (id) VALUES (2)",
                    insert(3, page.lines()) + "; INSERT INTO every (id) VALUES (4)",
                    2);
            sync(pipeline);

            SoftAssertions all = new SoftAssertions();
            for (int id = 1; id <= 3; id += 2) {
                compare(all, page.lines(), Line::topic, topic(pipeline, id), "topic");
                compare(all, page.lines(), Line::document, document(pipeline, id), "Elasticsearch");
                compare(all, page.lines(), Line::cached, cached(pipeline, id), "Redis");
            }
            for (int id = 2; id <= 4; id += 2) {
                compare(all, page.lines(), line -> "null", topic(pipeline, id), "topic");
                compare(all, page.lines(), line -> "null", document(pipeline, id), "Elasticsearch");
                compare(all, page.lines(), line -> "null", cached(pipeline, id), "Redis");
            }
            all.assertAll();
        }
    }

    @Test
    void aGeneratedColumnIsThereIfItIsStored() throws Exception {
        assertGenerated("generated", "", "{\"id\": %d, \"a\": 10, \"twice\": 20}");
    }

    /** Nor does a snapshot bring what the stream would not. */
    @Test
    void aGeneratedColumnIsNotThereIfTheOwnersPublicationDoesNotSendIt() throws Exception {
        assertGenerated("ungenerated", "CREATE PUBLICATION proof_ungenerated", "{\"id\": %d, \"a\": 10}");
    }

    private void assertGenerated(String name, String publication, String expected) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open(name, servers)) {
            pipeline.execute("CREATE TABLE every (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a integer,"
                    + " half integer GENERATED ALWAYS AS (a / 2) VIRTUAL,"
                    + " twice integer GENERATED ALWAYS AS (a * 2) STORED)");
            pipeline.execute(publication);

            capture(pipeline, "INSERT INTO every (a) VALUES (10)", "INSERT INTO every (a) VALUES (10)", 1);

            for (int id = 1; id <= 2; id++) {
                assertThat(topic(pipeline, id)).isEqualTo(JSON.readTree(expected.formatted(id)));
            }
        }
    }

    /** Lets some rows be read by a snapshot and as many by the stream. */
    private static void capture(CdcPipeline pipeline, String before, String during, int rows) throws Exception {
        String topic = pipeline.names().topic(TABLE);
        pipeline.topics().createCompacted(topic, 1);
        pipeline.execute(before);
        try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
            awaitRecords(pipeline, topic, rows);
            pipeline.execute(during);
            awaitRecords(pipeline, topic, 2 * rows);
        }
    }

    private static void sync(CdcPipeline pipeline) throws Exception {
        String topic = pipeline.names().topic(TABLE);
        String route =
                """
                  - table: public.every
                    elasticsearch: {index: %s}
                    redis: {mode: write, key: "%s{id}"}
                """.formatted(pipeline.names().index(TABLE), pipeline.names().keys(TABLE));
        try (JobInProcess sync = pipeline.syncHere(List.of(topic), route)) {
            pipeline.awaitDrained(sync, List.of(topic));
        }
        assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                .extracting(letter -> new String(
                        letter.headers().lastHeader("dlq-error-message").value(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    private static void awaitRecords(CdcPipeline pipeline, String topic, int count) {
        await(count + " records")
                .atMost(PATIENCE)
                .until(() -> pipeline.topics().read(topic).size(), found -> found >= count);
    }

    private static void compare(
            SoftAssertions all, List<Line> lines, Function<Line, String> cell, JsonNode row, String where)
            throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            all.assertThat(row.path(column(i)))
                    .as("%s %s in %s, row %s", line.type(), line.value(), where, row.path("id"))
                    .isEqualTo(JSON.readTree(cell.apply(line)));
        }
    }

    private static String table(List<Line> lines) {
        StringBuilder sql = new StringBuilder("CREATE TABLE every (id integer PRIMARY KEY");
        for (int i = 0; i < lines.size(); i++) {
            sql.append(", ").append(column(i)).append(' ').append(lines.get(i).type());
        }
        return sql.append(')').toString();
    }

    private static String insert(int id, List<Line> lines) {
        StringBuilder sql = new StringBuilder("INSERT INTO every VALUES (" + id);
        lines.forEach(line -> sql.append(", ").append(line.value()));
        return sql.append(')').toString();
    }

    private static String column(int index) {
        return "c" + index;
    }

    private static JsonNode topic(CdcPipeline pipeline, int id) throws IOException {
        return JSON.readTree(pipeline.topics()
                        .read(pipeline.names().topic(TABLE))
                        .get(id - 1)
                        .value())
                .at("/payload/after");
    }

    private JsonNode document(CdcPipeline pipeline, int id) throws Exception {
        URI uri = URI.create(
                servers.addresses().elasticsearchUrl() + "/" + pipeline.names().index(TABLE) + "/_doc/" + id);
        HttpRequest get = HttpRequest.newBuilder(uri).build();
        return JSON.readTree(HttpClient.newHttpClient()
                        .send(get, BodyHandlers.ofString())
                        .body())
                .path("_source");
    }

    private JsonNode cached(CdcPipeline pipeline, int id) throws IOException {
        RedisClient client = RedisClient.create(servers.addresses().redisUri());
        try {
            return JSON.readTree(client.connect().sync().get(pipeline.names().keys(TABLE) + id));
        } finally {
            client.shutdown();
        }
    }
}
