package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisClient;
import io.millrace.cdc.JobInProcess;
import io.millrace.cdc.recorded.RecordedTables;
import io.millrace.cdc.recorded.RecordedTopics;
import io.millrace.common.config.Secret;
import io.millrace.common.postgres.PostgresAddress;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.source.postgres.PostgresCatalog;
import io.millrace.local.LocalServers;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Topics that another Debezium wrote, without the schema, in every target. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class RecordedTopicsIT {

    private static final String DATABASE =
            "deploy/recordings/engine/src/main/resources/io/millrace/recordings/engine/before.sql";

    private static final List<String> TABLES = List.of("kinds", "notes", "bookings");

    /** Of row 1, as a capture of this project writes it, what a topic alone would not tell. */
    private static final Map<String, String> OWN = Map.of(
            "exact", "12345678901234567890.0000000001",
            "price", "1234567890123456.7890",
            "paid", "\"$1,234.50\"",
            "born", "\"2024-02-29\"",
            "opens", "\"10:11:12.123456\"",
            "made", "\"2024-02-29T10:11:12.123456\"",
            "doc", "{\"b\":[1.10]}",
            "bits", "\"10101\"",
            "prices", "[1.50]");

    private final LocalServers servers;

    RecordedTopicsIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void rowsWithoutASchemaAreTypedByTheCatalogAsThoseWithOne() throws Exception {
        try (CdcPipeline wrapped = CdcPipeline.openAll("wrapped", servers);
                CdcPipeline bare = CdcPipeline.openAll("bare", servers)) {
            bare.execute(Files.readString(ProjectRoot.find().resolve(DATABASE)));
            sync(wrapped, "debezium-3-precise-adaptive-wrapped");
            sync(bare, "debezium-3-precise-adaptive-bare", catalog(bare));

            for (int id = 2; id <= 3; id++) {
                assertThat(rows(bare, id)).isEqualTo(rows(wrapped, id));
            }
            assertThat(columns(bare)).isEqualTo(columns(wrapped)).contains("price Decimal(20, 4)", "born Date32");
        }
    }

    @Test
    void aCapturesOwnTopicWithoutTheSchemaIsTypedToo() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("ownbare", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), "kinds")) {
            pipeline.execute(Files.readString(ProjectRoot.find().resolve(DATABASE)));
            String topic = pipeline.names().topic("kinds");
            pipeline.topics().createCompacted(topic, 1);
            try (JobInProcess capture = pipeline.captureHere(List.of("kinds"), "targets.kafka.with-schema=false")) {
                pipeline.topics().awaitAtLeast(2, topic);
            }
            try (JobInProcess sync = pipeline.syncHere(List.of(topic), rows.route(""), catalog(pipeline))) {
                pipeline.awaitDrained(sync, List.of(topic));
            }

            JsonNode row = rows.document(1);
            OWN.forEach((column, json) ->
                    assertThat(row.path(column).toString()).as(column).isEqualTo(json));
            assertThat(rows.document(2).path("grade").isNull()).isTrue();
            assertThat(columns(pipeline)).contains("price Decimal(20, 4)", "born Date32", "bits Nullable(String)");
        }
    }

    @Test
    void theCatalogTellsWhatSomebodyWouldWriteIntoRoutes() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("catalog", servers)) {
            pipeline.execute(Files.readString(ProjectRoot.find().resolve(DATABASE)));
            Map<String, DeclaredTable> written = RecordedTables.declared();

            Map<String, DeclaredTable> told = PostgresCatalog.tables(
                    new PostgresAddress(
                            servers.addresses().postgresHost(),
                            servers.addresses().postgresPort(),
                            pipeline.names().database(),
                            servers.addresses().postgresUser(),
                            new Secret("")),
                    written.keySet());

            assertThat(told).containsOnlyKeys(written.keySet());
            written.forEach((table, columns) -> {
                assertThat(told.get(table).names()).containsExactlyElementsOf(columns.names());
                columns.columns()
                        .forEach((name, column) -> assertThat(
                                        told.get(table).columns().get(name).type())
                                .as("%s.%s", table, name)
                                .isEqualTo(column.type()));
            });
            assertThat(told.get("public.kinds").columns().get("price").optional())
                    .isFalse();
            assertThat(told.get("public.kinds").columns().get("small").optional())
                    .isTrue();
        }
    }

    private String[] catalog(CdcPipeline pipeline) {
        return new String[] {
            "source.kafka.catalog.host=" + servers.addresses().postgresHost(),
            "source.kafka.catalog.port=" + servers.addresses().postgresPort(),
            "source.kafka.catalog.database=" + pipeline.names().database(),
            "source.kafka.catalog.user=" + servers.addresses().postgresUser()
        };
    }

    private void sync(CdcPipeline pipeline, String recording, String... settings) throws Exception {
        List<String> topics = TABLES.stream().map(pipeline.names()::topic).toList();
        topics.forEach(topic -> pipeline.topics().createCompacted(topic, 1));
        pipeline.topics().write(records(pipeline, recording));
        try (JobInProcess job = pipeline.syncHere(topics, routes(pipeline), settings)) {
            pipeline.awaitDrained(job, topics);
        }
        // an unchanged large value's, once for each target, and a birth in the year 999
        assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                .extracting(letter -> new String(
                        letter.headers().lastHeader("dlq-error-message").value(), StandardCharsets.UTF_8))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("placeholder"),
                        reason -> assertThat(reason).contains("placeholder"),
                        reason -> assertThat(reason).contains("placeholder"),
                        reason -> assertThat(reason).contains("placeholder"),
                        reason -> assertThat(reason).contains("outside of the years 1900 to 2299"));
    }

    private static List<ProducerRecord<byte[], byte[]>> records(CdcPipeline pipeline, String recording) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        RecordedTopics.read(recording)
                .records()
                .forEach(record -> TABLES.stream()
                        .filter(table -> record.topic().endsWith(".public." + table))
                        .forEach(table -> records.add(
                                new ProducerRecord<>(pipeline.names().topic(table), record.key(), record.value()))));
        return records;
    }

    private String routes(CdcPipeline pipeline) {
        StringBuilder routes = new StringBuilder();
        for (String table : List.of("kinds", "notes")) {
            try (TargetRows rows = new TargetRows(servers, pipeline.names(), table)) {
                routes.append(rows.route(""));
            }
        }
        return routes.append("  - {table: public.bookings, redis: {mode: write, key: \"")
                .append(pipeline.names().keys("bookings"))
                .append("{day}:{seat}\"}}\n")
                .toString();
    }

    /** Returns what every target holds; without the bits, whose number the schema of another Debezium does not tell. */
    private List<JsonNode> rows(CdcPipeline pipeline, int id) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        try (TargetRows kinds = new TargetRows(servers, pipeline.names(), "kinds");
                TargetRows notes = new TargetRows(servers, pipeline.names(), "notes")) {
            found.addAll(List.of(kinds.document(id), kinds.cached(id), kinds.warehoused("* EXCEPT (raw)", id)));
            found.forEach(row -> ((ObjectNode) row).remove("bits"));
            found.addAll(List.of(notes.document(id), notes.cached(id), notes.warehoused("*", id)));
        }
        found.add(booking(pipeline));
        assertThat(found).noneMatch(JsonNode::isMissingNode);
        return found;
    }

    private JsonNode booking(CdcPipeline pipeline) throws Exception {
        RedisClient redis = RedisClient.create(servers.addresses().redisUri());
        try (var connection = redis.connect()) {
            return TargetRows.JSON.readTree(
                    connection.sync().get(pipeline.names().keys("bookings") + "2024-03-01:8"));
        } finally {
            redis.shutdown();
        }
    }

    private List<String> columns(CdcPipeline pipeline) throws Exception {
        try (TargetRows rows = new TargetRows(servers, pipeline.names(), "kinds")) {
            return rows.clickhouse("SELECT name || ' ' || type FROM system.columns WHERE database = '"
                            + pipeline.names().warehouse() + "' AND table = 'kinds' ORDER BY position")
                    .lines()
                    .toList();
        }
    }
}
