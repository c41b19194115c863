package io.millrace.cdc.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Dead letters that are sent again after their reason is gone, in the form of {@code millrace dlq redrive}. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class RedriveIT {

    private static final String NAME = "redriven-sync";
    private static final String LARGE = "x".repeat(3_000);
    private static final Duration LONGER_THAN_TARGETS_REMEMBER = Duration.ofHours(25);

    @Test
    void whatWasRefusedArrives_andNothingNewerIsLost(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("redrive", servers)) {
            String topic = pipeline.names().topic("notes");
            String redrive = NAME + ".redrive";
            pipeline.topics().create(topic, 1);
            pipeline.topics().write(records(topic));
            pipeline.execute("CREATE TABLE notes (id bigint PRIMARY KEY, body text)");
            pipeline.execute("INSERT INTO notes VALUES (1, '" + LARGE + "'), (2, 'newer'), (4, 'fine')");
            String savepoint;
            try (JobInProcess job = pipeline.syncHere(
                    List.of(topic), route(pipeline), "name=" + NAME, "source.kafka.largest-document=2kb")) {
                pipeline.awaitDrained(job, List.of(topic));
                savepoint = job.stop(pipeline.savepoints());
            }
            List<ConsumerRecord<byte[], byte[]>> letters = pipeline.awaitLetters(5);
            assertThat(letters).hasSize(5);
            assertThat(pipeline.compare("notes")).noneMatch(CheckResult::isOk);

            try (JobInProcess job = pipeline.resumeHere(
                    savepoint, List.of(topic), route(pipeline), "name=" + NAME, "source.kafka.discovery-interval=1s")) {
                pipeline.topics().create(redrive, 2);
                pipeline.topics()
                        .write(letters.stream()
                                .map(letter -> sentAgain(letter, redrive))
                                .toList());
                pipeline.awaitDrained(job, List.of(redrive));
            }

            CdcPipeline.assertOk(pipeline.compare("notes"));
            List<ConsumerRecord<byte[], byte[]>> parked =
                    pipeline.topics().read(pipeline.names().deadLetters()).subList(5, 7);
            assertThat(parked).extracting(letter -> text(letter, "dlq-attempt")).containsOnly("2");
            assertThat(parked)
                    .extracting(letter -> text(letter, "dlq-source-offset") + text(letter, "dlq-error-class"))
                    .containsExactlyInAnyOrder("6ForgottenException", "7DataException");
        }
    }

    /** Five that are not read at first: of these, one is written over, one deleted, one too old, one broken. */
    private static List<ProducerRecord<byte[], byte[]>> records(String topic) {
        ForeignTopic foreign = new ForeignTopic(topic);
        foreign.put("c", 1, LARGE);
        foreign.put("c", 2, LARGE);
        foreign.put("u", 2, "newer");
        foreign.put("c", 3, LARGE);
        foreign.delete(3);
        foreign.put("c", 5, LARGE);
        foreign.raw(ForeignTopic.key(6), "no json");
        foreign.put("c", 4, "fine");
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(foreign.drain());
        ProducerRecord<byte[], byte[]> old = records.get(6);
        long timestamp = System.currentTimeMillis() - LONGER_THAN_TARGETS_REMEMBER.toMillis();
        records.set(6, new ProducerRecord<>(topic, null, timestamp, old.key(), old.value()));
        return records;
    }

    private static String route(CdcPipeline pipeline) {
        return """
                  - table: public.notes
                    columns: {id: bigint, body: text}
                    elasticsearch: {index: %s}
                    redis: {mode: write, key: "%s{id}"}
                """.formatted(pipeline.names().index("notes"), pipeline.names().keys("notes"));
    }

    private static ProducerRecord<byte[], byte[]> sentAgain(ConsumerRecord<byte[], byte[]> letter, String topic) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, letter.key(), letter.value());
        for (Header header : letter.headers()) {
            record.headers()
                    .add(header.key(), header.key().equals("dlq-attempt") ? "2".getBytes(UTF_8) : header.value());
        }
        return record;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(
                Objects.requireNonNull(record.headers().lastHeader(header)).value(), UTF_8);
    }
}
