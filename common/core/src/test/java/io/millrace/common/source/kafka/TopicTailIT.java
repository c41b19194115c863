package io.millrace.common.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.sink.kafka.KafkaConnection;
import io.millrace.common.source.kafka.TopicTail.Look;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithServers(Server.KAFKA)
class TopicTailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String topic = "tail-" + UUID.randomUUID();
    private final Map<Integer, Until> looks = new HashMap<>();
    private final KafkaTopics topics;
    private final KafkaConnection kafka;

    TopicTailIT(Addresses addresses) {
        topics = new KafkaTopics(addresses.kafkaBootstrap());
        kafka = new KafkaConnection(addresses.kafkaBootstrap());
    }

    /** Sees everything until it has seen a value. */
    private static final class Until implements Look {

        private final String wanted;
        private final List<String> seen = new ArrayList<>();

        Until(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public void at(ConsumedRecord record) {
            seen.add(new String(record.value(), UTF_8));
        }

        @Override
        public boolean isDone() {
            return seen.contains(wanted);
        }
    }

    @Test
    void readsNoFurtherBackThanIsNeededInWindowsThatDouble() throws Exception {
        topics.create(topic, 1);
        write(0, 0, 100);

        read(10, "85");

        assertThat(looks.get(0).seen).containsExactlyElementsOf(numbers(90, 100, 70, 90));
    }

    @Test
    void readsToTheBeginningWhenNothingIsEnough() throws Exception {
        topics.create(topic, 1);
        write(0, 0, 25);

        read(10, "none");

        assertThat(looks.get(0).seen).containsExactlyElementsOf(numbers(15, 25, 0, 15));
    }

    @Test
    void looksAtEachPartitionByItselfAndAtNoEmptyOne() throws Exception {
        topics.create(topic, 3);
        write(0, 0, 50);
        write(2, 100, 300);

        read(10, "40");

        assertThat(looks).containsOnlyKeys(0, 2);
        assertThat(looks.get(0).seen).containsExactlyElementsOf(numbers(40, 50));
        assertThat(looks.get(2).seen).hasSize(200);
    }

    @Test
    void seesWhatIsCommittedAmongTheHolesOfTransactions() throws Exception {
        topics.create(topic, 1);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int number = 0; number < 6; number++) {
                producer.beginTransaction();
                producer.send(record(0, number)).get();
                if (number % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
            producer.beginTransaction();
            producer.send(record(0, 6)).get();

            read(1, "2");

            assertThat(looks.get(0).seen).containsExactly("4", "0", "2");
            producer.abortTransaction();
        }
    }

    @Test
    void endsWhenItsTimeIsUp() throws Exception {
        topics.create(topic, 1);
        write(0, 0, 10);
        try (TopicTail tail = TopicTail.open(kafka, Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> tail.read(List.of(topic), 1, partition -> new Slow()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("were not read within 5 s")
                    .hasMessageContaining(topic + "-0");
        }
    }

    @Test
    void saysThatKafkaDoesNotAnswer() throws Exception {
        try (TopicTail tail = TopicTail.open(new KafkaConnection("127.0.0.1:1"), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> tail.read(List.of(topic), 1, partition -> new Until("")))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Kafka at 127.0.0.1:1 does not answer (TimeoutException");
        }
    }

    /** Takes a moment for each record. */
    private static final class Slow implements Look {

        @Override
        public void at(ConsumedRecord record) {
            long until = System.nanoTime() + Duration.ofMillis(1_800).toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        @Override
        public boolean isDone() {
            return false;
        }
    }

    private void read(int window, String wanted) throws IOException {
        try (TopicTail tail = TopicTail.open(kafka, PATIENCE)) {
            tail.read(List.of(topic), window, partition -> {
                Until look = new Until(wanted);
                looks.put(partition.partition(), look);
                return look;
            });
        }
    }

    private void write(int partition, int from, int to) {
        topics.write(IntStream.range(from, to)
                .mapToObj(number -> record(partition, number))
                .toList());
    }

    private ProducerRecord<byte[], byte[]> record(int partition, int number) {
        byte[] bytes = Integer.toString(number).getBytes(UTF_8);
        return new ProducerRecord<>(topic, partition, bytes, bytes);
    }

    private static List<String> numbers(int... bounds) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            IntStream.range(bounds[i], bounds[i + 1]).forEach(number -> numbers.add(Integer.toString(number)));
        }
        return numbers;
    }
}
