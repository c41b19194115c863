package io.millrace.benchmarks.cdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.workload.BenchRow;
import io.millrace.benchmarks.workload.Checksum;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Tables have the same keys, and topics end with what is no record. */
@WithServers(Server.KAFKA)
class TopicTargetIT {

    @Test
    void addsUpTheLastRowOfEachKeyOfEachTopic(Addresses addresses) throws Exception {
        BenchTopic first = new BenchTopic(addresses.kafkaBootstrap(), "topic-target-first");
        BenchTopic second = new BenchTopic(addresses.kafkaBootstrap(), "topic-target-second");
        try (TopicTarget target = new TopicTarget(List.of(first, second))) {
            target.clear();
            List<ProducerRecord<byte[], byte[]>> records = List.of(
                    told(first, row(1, "old")),
                    told(first, row(1, "new")),
                    told(first, row(2, "deleted")),
                    deleted(first, 2),
                    told(second, row(1, "other")));
            commit(addresses.kafkaBootstrap(), records);

            Checksum expected = Checksum.EMPTY.plus(row(1, "new")).plus(row(1, "other"));
            assertThat(target.checksum()).isEqualTo(expected);
        }
    }

    private static BenchRow row(long id, String status) {
        return new BenchRow(id, 2, 3, 4, 0.125, true, status, "a@example.org", "x", 1_767_225_601_000_007L);
    }

    private static ProducerRecord<byte[], byte[]> told(BenchTopic topic, BenchRow row) {
        String value = "{\"schema\":{},\"payload\":{\"after\":" + row.json() + "}}";
        return new ProducerRecord<>(topic.name(), key(row.id()), value.getBytes(UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> deleted(BenchTopic topic, long id) {
        return new ProducerRecord<>(topic.name(), key(id), null);
    }

    private static byte[] key(long id) {
        return ("{\"schema\":{},\"payload\":{\"id\":" + id + "}}").getBytes(UTF_8);
    }

    /** A transaction leaves a marker behind the last record of each partition. */
    private static void commit(String bootstrap, List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "transactional.id", "topic-target");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                Future<RecordMetadata> unused = producer.send(record);
            }
            producer.commitTransaction();
        }
    }
}
