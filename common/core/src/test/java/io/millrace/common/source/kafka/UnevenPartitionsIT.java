package io.millrace.common.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.ClientProperties;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** One partition of a topic holds 20 MB, and the other one record. */
@WithServers(Server.KAFKA)
class UnevenPartitionsIT {

    private static final String TOPIC = "uneven";
    private static final int RECORDS = 40_000;
    private static final int BYTES = 500;
    private static final int TIMES = 3;

    /** Nothing makes it faster than it is, and much can make it slower. */
    private static final int TRIES = 3;

    @Test
    void aPartitionThatIsReadToItsEndDoesNotHoldAnotherUp(Addresses addresses) {
        KafkaTopics kafka = new KafkaTopics(addresses.kafkaBootstrap());
        kafka.create(TOPIC, 2);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(new ProducerRecord<>(TOPIC, 0, null, new byte[BYTES]));
        for (int i = 0; i < RECORDS; i++) {
            records.add(new ProducerRecord<>(TOPIC, 1, null, new byte[BYTES]));
        }
        kafka.write(records);

        Duration control = timeToRead(new Properties(), addresses);
        Duration ours = Stream.generate(() -> timeToRead(KafkaRecordSource.properties(options(addresses)), addresses))
                .limit(TRIES)
                .min(Comparator.naturalOrder())
                .orElseThrow();

        assertThat(ours.multipliedBy(TIMES))
                .as("%s times %s; the control, a consumer with Kafka's own defaults, took %s", TIMES, ours, control)
                .isLessThan(control);
    }

    private static TopicOptions options(Addresses addresses) {
        return new TopicOptions(
                addresses.kafkaBootstrap(),
                List.of(TOPIC),
                Optional.empty(),
                TOPIC,
                TopicOptions.Start.EARLIEST,
                Optional.empty(),
                Duration.ofMinutes(1),
                ClientProperties.none());
    }

    private static Duration timeToRead(Properties properties, Addresses addresses) {
        properties.put("bootstrap.servers", addresses.kafkaBootstrap());
        long begin = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> both = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(both);
            consumer.seekToBeginning(both);
            for (int read = 0; read <= RECORDS; ) {
                read += consumer.poll(Duration.ofMillis(100)).count();
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
