package io.millrace.cli.fault;

import io.millrace.cli.pipeline.PipelineTargets;
import io.millrace.cli.pipeline.PlantedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Records of a table's topic that are sent once more, as they are. */
final class Duplicates {

    private static final Duration POLL = Duration.ofSeconds(10);

    private Duplicates() {}

    /** Sends the oldest records of the first partition again, at most this many. */
    static List<PlantedRecord> send(String bootstrap, String table, int most) throws InterruptedException {
        List<PlantedRecord> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> old : oldest(bootstrap, PipelineTargets.TOPIC_PREFIX + table, most)) {
            sent.add(PlantedRecord.again(
                    bootstrap,
                    table,
                    new ProducerRecord<>(
                            old.topic(), old.partition(), old.timestamp(), old.key(), old.value(), old.headers())));
        }
        return sent;
    }

    private static List<ConsumerRecord<byte[], byte[]>> oldest(String bootstrap, String topic, int most) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "max.poll.records", most);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition first = new TopicPartition(topic, 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            return consumer.poll(POLL).records(first);
        }
    }
}
