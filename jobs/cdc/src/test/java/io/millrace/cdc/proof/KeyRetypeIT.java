package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The key of a captured table gets another type: no row is written under two keys, and none stays under its old one. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class KeyRetypeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TABLE = "counted";
    private static final int ROWS = 20;

    @Test
    void theCaptureStopsAndANewOneRemovesTheOldKeys(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("keyretype", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            String topic = createTable(pipeline);
            try (JobInProcess sync = pipeline.syncHere(List.of(topic), rows.route(""))) {
                try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
                    awaitLive(pipeline, 1);
                    retype(pipeline);
                    assertStopped(capture, topic);
                }
                assertThat(live(pipeline))
                        .as("nothing was written under new keys")
                        .isEqualTo(ids(1));
                pipeline.dropSlot();
                try (JobInProcess capture = pipeline.captureHere(List.of(TABLE), "generation=1")) {
                    awaitLive(pipeline, 2);
                    pipeline.execute("DELETE FROM counted WHERE id = 2");
                    pipeline.execute("UPDATE counted SET note = 'new' WHERE id = 3");
                    awaitLive(pipeline, 3);
                    pipeline.awaitDrained(sync, List.of(topic));
                }
                for (int id = 1; id <= ROWS; id++) {
                    assertThat(rows.document(id).isObject())
                            .as("document %d", id)
                            .isEqualTo(id >= 3);
                    assertThat(rows.cached(id).isObject()).as("key %d", id).isEqualTo(id >= 3);
                    assertThat(rows.warehoused("*", id).isObject())
                            .as("row %d", id)
                            .isEqualTo(id >= 3);
                    assertThat(rows.modelled(id).isObject()).as("model %d", id).isEqualTo(id >= 3);
                }
                assertThat(rows.document(3).path("note").asText()).isEqualTo("new");
            }
        }
    }

    @Test
    void soDoesOneThatGoesOnFromASavepoint(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("keyretyped", servers)) {
            String topic = createTable(pipeline);
            String savepoint;
            try (JobInProcess capture = pipeline.captureHere(List.of(TABLE))) {
                awaitLive(pipeline, 1);
                savepoint = capture.stop(pipeline.savepoints());
            }
            retype(pipeline);
            List<String> again = pipeline.files().capture(List.of(TABLE), "at-least-once");
            try (JobInProcess capture = JobInProcess.start(again, savepoint)) {
                assertStopped(capture, topic);
            }
            assertThat(live(pipeline)).isEqualTo(ids(1));
        }
    }

    private static String createTable(CdcPipeline pipeline) throws Exception {
        String topic = pipeline.names().topic(TABLE);
        pipeline.topics().createCompacted(topic, 3);
        pipeline.execute("CREATE TABLE counted (id integer PRIMARY KEY, note text)");
        pipeline.execute("INSERT INTO counted SELECT n, 'row ' || n FROM generate_series(1, " + ROWS + ") n");
        return topic;
    }

    private static void retype(CdcPipeline pipeline) throws Exception {
        pipeline.execute("ALTER TABLE counted ALTER id TYPE bigint");
        pipeline.execute("DELETE FROM counted WHERE id = 1");
    }

    private static void assertStopped(JobInProcess capture, String topic) throws Exception {
        assertThat(capture.awaitFailure())
                .contains("KeySchemaException: the key of " + topic + " has the schema")
                .contains("`generation` raised by one");
    }

    private static List<Integer> ids(int first) {
        return IntStream.rangeClosed(first, ROWS).boxed().toList();
    }

    private static void awaitLive(CdcPipeline pipeline, int first) {
        await("rows from " + first + " on, each under one key")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(live(pipeline)).isEqualTo(ids(first)));
    }

    /** Returns the rows that compaction would leave in the topic: one for each of Kafka's keys. */
    private static List<Integer> live(CdcPipeline pipeline) throws IOException {
        Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                pipeline.topics().read(pipeline.names().topic(TABLE))) {
            last.put(ByteBuffer.wrap(record.key()), record);
        }
        List<Integer> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : last.values()) {
            if (record.value() != null) {
                ids.add(TargetRows.JSON
                        .readTree(record.key())
                        .path("payload")
                        .path("id")
                        .asInt());
            }
        }
        ids.sort(null);
        return ids;
    }
}
