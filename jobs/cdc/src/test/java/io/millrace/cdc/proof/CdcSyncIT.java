package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Another Debezium's topic, with all that can be wrong in one: each record is a change or a dead letter. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class CdcSyncIT {

    private static final String PLACEHOLDER = "__debezium_unavailable_value";
    private static final int BROKEN = 7;
    private static final int BEYOND_THE_LIMIT = 1_500_000;

    @Test
    void everyRecordArrivesOrIsADeadLetterAlsoOverASavepoint(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("foreign", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().create(topic, 3, Map.of("max.message.bytes", "4000000"));
            pipeline.execute("CREATE TABLE notes (id bigint PRIMARY KEY, body text)");
            ForeignTopic foreign = new ForeignTopic(topic);
            String savepoint;
            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline))) {
                change(pipeline, foreign, 0);
                breakEverything(foreign);
                pipeline.topics().write(foreign.drain());
                pipeline.awaitDrained(job, List.of(topic));
                savepoint = job.stop(pipeline.savepoints());
            }
            change(pipeline, foreign, 100);
            pipeline.topics().write(foreign.drain());
            try (JobInProcess job = pipeline.resumeHere(savepoint, List.of(topic), route(pipeline))) {
                pipeline.awaitDrained(job, List.of(topic));
            }

            CdcPipeline.assertOk(pipeline.compare("notes"));
            List<ConsumerRecord<byte[], byte[]>> letters =
                    pipeline.topics().read(pipeline.names().deadLetters());
            assertThat(positions(letters)).hasSize(BROKEN).hasSameSizeAs(letters);
            assertHoldTheirSources(letters, pipeline.topics().read(topic));
        }
    }

    /** The control: a row that was never said differs in both targets. */
    @Test
    void aRowThatNobodySaidIsFoundMissing(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("unsaid", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().create(topic, 3);
            pipeline.execute("CREATE TABLE notes (id bigint PRIMARY KEY, body text)");
            ForeignTopic foreign = new ForeignTopic(topic);
            change(pipeline, foreign, 0);
            pipeline.execute("INSERT INTO notes VALUES (999, 'unsaid')");
            pipeline.topics().write(foreign.drain());
            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline))) {
                pipeline.awaitDrained(job, List.of(topic));
            }

            assertThat(pipeline.compare("notes"))
                    .hasSize(2)
                    .noneMatch(CheckResult::isOk)
                    .allSatisfy(result -> assertThat(result.first())
                            .singleElement()
                            .satisfies(
                                    difference -> assertThat(difference.key()).isEqualTo("id=999")));
        }
    }

    /** What Debezium writes for a value it did not have is a text like any other where we know all values. */
    @Test
    void aPlaceholderIsTheUsersOwnTextUnlessAnotherDebeziumWroteIt(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("literal", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().createCompacted(topic, 1);
            pipeline.execute("CREATE TABLE notes (id bigint PRIMARY KEY, body text)");
            pipeline.execute("INSERT INTO notes VALUES (1, '" + PLACEHOLDER + "')");
            try (JobInProcess capture = pipeline.captureHere(List.of("notes"))) {
                pipeline.topics().awaitAtLeast(1, topic);
                pipeline.execute("INSERT INTO notes VALUES (2, '" + PLACEHOLDER + "')");
                pipeline.topics().awaitAtLeast(2, topic);
            }
            try (JobInProcess sync = pipeline.syncHere(List.of(topic), route(pipeline))) {
                pipeline.awaitDrained(sync, List.of(topic));
                CdcPipeline.assertOk(pipeline.compare("notes"));
                assertThat(pipeline.topics().read(pipeline.names().deadLetters()))
                        .isEmpty();

                ConsumerRecord<byte[], byte[]> ours =
                        pipeline.topics().read(topic).get(0);
                pipeline.topics().write(List.of(new ProducerRecord<>(topic, ours.key(), ours.value())));

                assertThat(pipeline.awaitLetters(2))
                        .as("one for each target, of the same record without its version")
                        .hasSize(2)
                        .allSatisfy(letter -> assertThat(header(letter, "dlq-error-message"))
                                .contains("column \"body\" holds the placeholder"));
            }
        }
    }

    /** The topic was empty when the job started, so that nobody could tell. */
    @Test
    void aKeyTemplateThatDoesNotFitStopsTheJobForGood(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("unfit", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().create(topic, 1);
            try (JobInProcess job =
                    pipeline.syncHere(List.of(topic), route(pipeline).replace("{id}", "{idd}"))) {
                ForeignTopic foreign = new ForeignTopic(topic);
                foreign.put("c", 2, "wrapped, with a schema");
                pipeline.topics().write(foreign.drain());

                assertThat(job.awaitFailure())
                        .contains("UnfitKeyTemplateException")
                        .contains("names [idd], but the table's key is [id]");
            }
        }
    }

    /** What the job has read by then would be missing in Redis. */
    @Test
    void aPlaceThatIsNewToASavepointStopsTheJobForGood(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("newplace", servers)) {
            String topic = pipeline.names().topic("notes");
            pipeline.topics().create(topic, 1);
            ForeignTopic foreign = new ForeignTopic(topic);
            foreign.put("c", 2, "first");
            pipeline.topics().write(foreign.drain());
            String savepoint;
            try (JobInProcess job =
                    pipeline.syncHere(List.of(topic), route(pipeline).replaceAll("(?m)^ *redis.*$", ""))) {
                pipeline.awaitDrained(job, List.of(topic));
                savepoint = job.stop(pipeline.savepoints());
            }

            try (JobInProcess more = pipeline.resumeHere(savepoint, List.of(topic), route(pipeline))) {
                assertThat(more.awaitFailure())
                        .contains("NewPlaceException")
                        .contains("public.notes to redis " + pipeline.names().keys("notes") + "{id}");
            }
        }
    }

    /** Forty rows: some are changed again, some go, one comes back. */
    private static void change(CdcPipeline pipeline, ForeignTopic foreign, int from) throws Exception {
        for (int id = from; id < from + 40; id++) {
            foreign.put("c", id, "first");
            if (id % 3 == 0) {
                foreign.put("u", id, "second");
            }
            if (id % 5 == 0) {
                foreign.delete(id);
            }
            if (id % 10 == 0) {
                foreign.put("c", id, "again");
            }
        }
        pipeline.execute("INSERT INTO notes SELECT id, CASE WHEN id % 10 = 0 THEN 'again' WHEN id % 3 = 0 THEN 'second'"
                + " ELSE 'first' END FROM generate_series(" + from + ", " + (from + 39) + ") AS id"
                + " WHERE id % 5 <> 0 OR id % 10 = 0");
    }

    private static void breakEverything(ForeignTopic foreign) {
        byte[] key = ForeignTopic.key(1);
        foreign.raw(key, "{\"op\":\"c\",\"after\":");
        foreign.raw(key, "{\"hello\":\"world\"}");
        foreign.raw(key, "[".repeat(200) + "]".repeat(200));
        foreign.raw(key, "{\"op\":\"x\",\"source\":{}}");
        foreign.raw(key, "{\"op\":\"c\",\"after\":{\"id\":1,\"body\":\"" + "x".repeat(BEYOND_THE_LIMIT) + "\"}}");
        foreign.raw(key, "{\"before\":null,\"after\":null,\"source\":{},\"op\":\"t\",\"ts_ms\":1}");
        foreign.raw("no json".getBytes(StandardCharsets.UTF_8), "{\"op\":\"d\",\"after\":null,\"source\":{}}");
    }

    private static String route(CdcPipeline pipeline) {
        return """
                  - table: public.notes
                    columns: {id: bigint, body: text}
                    elasticsearch: {index: %s}
                    redis: {mode: write, key: "%s{id}"}
                """.formatted(pipeline.names().index("notes"), pipeline.names().keys("notes"));
    }

    private static Set<String> positions(List<ConsumerRecord<byte[], byte[]>> letters) {
        Set<String> positions = new TreeSet<>();
        letters.forEach(letter ->
                positions.add(header(letter, "dlq-source-partition") + "@" + header(letter, "dlq-source-offset")));
        return positions;
    }

    private static void assertHoldTheirSources(
            List<ConsumerRecord<byte[], byte[]>> letters, List<ConsumerRecord<byte[], byte[]>> sources)
            throws Exception {
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            ConsumerRecord<byte[], byte[]> source = sources.stream()
                    .filter(record -> header(letter, "dlq-source-partition").equals("" + record.partition())
                            && header(letter, "dlq-source-offset").equals("" + record.offset()))
                    .findFirst()
                    .orElseThrow();
            assertThat(letter.key()).isEqualTo(source.key());
            assertThat(payload(letter)).isEqualTo(source.value());
        }
    }

    private static byte[] payload(ConsumerRecord<byte[], byte[]> letter) throws Exception {
        if (letter.headers().lastHeader("dlq-overflow") == null) {
            return letter.value();
        }
        JsonNode reference = new ObjectMapper().readTree(letter.value());
        return Files.readAllBytes(Path.of(URI.create(reference.path("address").asText())));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                Objects.requireNonNull(record.headers().lastHeader(name), name).value(), StandardCharsets.UTF_8);
    }
}
