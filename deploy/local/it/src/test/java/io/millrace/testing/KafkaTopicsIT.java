package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Addresses;
import io.millrace.local.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithServers(Server.KAFKA)
class KafkaTopicsIT {

    private static final String TOPIC = "decided";

    @Test
    void waitsUntilATransactionIsDecided(Addresses addresses) throws Exception {
        KafkaTopics topics = new KafkaTopics(addresses.kafkaBootstrap());
        topics.create(TOPIC, 1);
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                addresses.kafkaBootstrap(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                TOPIC);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get();

            CompletableFuture<Void> decided = CompletableFuture.runAsync(() -> topics.awaitDecided(TOPIC));
            await("it goes on waiting").during(Duration.ofSeconds(1)).until(() -> !decided.isDone());
            producer.abortTransaction();

            decided.get(180, TimeUnit.SECONDS);
        }
        topics.write(List.of(new ProducerRecord<>(TOPIC, new byte[] {2})));
        assertThat(topics.read(TOPIC))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).containsExactly(2));
    }
}
