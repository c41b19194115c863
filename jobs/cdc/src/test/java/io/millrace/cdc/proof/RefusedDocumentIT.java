package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** One document among many that Elasticsearch does not take. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class RefusedDocumentIT {

    private static final String TABLE = "measures";
    private static final long REFUSED = 251;

    @Test
    void itIsTheOnlyDeadLetterAndTheOnlyDocumentMissing(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("refused", servers)) {
            long seed = System.nanoTime();
            ShopSeed.of(200, 100, 200, seed).plant(pipeline.database());
            pipeline.execute("CREATE TABLE measures (id bigint PRIMARY KEY, reading text NOT NULL)");
            // before the capture: a row that comes while it is read is a row of the snapshot and a change
            pipeline.execute("INSERT INTO measures SELECT n, CASE n WHEN " + REFUSED
                    + " THEN 'twelve' ELSE n::text END FROM generate_series(1, 500) AS n");
            String topic = pipeline.names().topic(TABLE);
            pipeline.topics().createCompacted(topic, 3);
            ShopWorkload load = pipeline.play(WorkloadOptions.seeded(seed).withTransactionsPerSecond(30));
            List<String> tables =
                    Stream.concat(ShopSchema.TABLES.stream(), Stream.of(TABLE)).toList();
            List<String> topics = Stream.concat(pipeline.names().topics().stream(), Stream.of(topic))
                    .toList();
            try (JobInProcess capture = pipeline.captureHere(tables);
                    JobInProcess sync = pipeline.syncHere(topics, route(pipeline))) {
                load.stop();

                CdcPipeline.assertOk(pipeline.awaitEqual(pipeline.targets(pipeline.names())));
                assertThat(pipeline.awaitLetters(1)).singleElement().satisfies(letter -> explains(letter, pipeline));
                pipeline.awaitDrained(sync, List.of(topic));
            }
            List<CheckResult> found = pipeline.compare(TABLE);
            CheckResult documents = found.get(0);
            assertThat(documents.first()).as(documents.report()).singleElement().satisfies(missing -> {
                assertThat(missing.key()).isEqualTo("id=" + REFUSED);
                assertThat(missing.found()).isEqualTo("nothing");
            });
            assertThat(found.get(1).isOk()).as("Redis takes the row").isTrue();
        }
    }

    private static String route(CdcPipeline pipeline) {
        return """
                  - table: public.measures
                    elasticsearch: {index: %s, mapping: {reading: {type: integer}}}
                    redis: {mode: write, key: "%s{id}"}
                """.formatted(pipeline.names().index(TABLE), pipeline.names().keys(TABLE));
    }

    private static void explains(ConsumerRecord<byte[], byte[]> letter, CdcPipeline pipeline) {
        assertThat(header(letter, "dlq-source-topic"))
                .isEqualTo(pipeline.names().topic(TABLE));
        assertThat(header(letter, "dlq-pipeline")).isEqualTo(JobFiles.SYNC);
        assertThat(header(letter, "dlq-error-message")).contains("400 failed to parse field [reading]");
        ConsumerRecord<byte[], byte[]> original = pipeline
                .topics()
                .read(pipeline.names().topic(TABLE))
                .stream()
                .filter(record -> header(letter, "dlq-source-partition").equals("" + record.partition())
                        && header(letter, "dlq-source-offset").equals("" + record.offset()))
                .findFirst()
                .orElseThrow();
        assertThat(letter.value()).isEqualTo(original.value());
        assertThat(letter.key()).isEqualTo(original.key());
        assertThat(header(letter, "dlq-version")).isEqualTo(header(original, "millrace-version"));
        assertThat(List.of(new String(original.value(), StandardCharsets.UTF_8)))
                .allMatch(text -> text.contains("\"twelve\""));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                Objects.requireNonNull(record.headers().lastHeader(name), name).value(), StandardCharsets.UTF_8);
    }
}
