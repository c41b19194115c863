package io.millrace.common.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.ClientProperties;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@WithServers(Server.KAFKA)
class TopicInventoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String there = "inventory-" + UUID.randomUUID();
    private final String missing = "inventory-" + UUID.randomUUID();
    private final KafkaConnection kafka;

    TopicInventoryIT(Addresses addresses) {
        kafka = new KafkaConnection(addresses.kafkaBootstrap());
    }

    @Test
    void tellsTheSettingsOfTopicsAndMakesNone() throws Exception {
        new KafkaTopics(kafka.bootstrapServers())
                .create(there, 2, Map.of("cleanup.policy", "compact,delete", "max.message.bytes", "1234"));
        try (TopicInventory inventory = TopicInventory.open(kafka, PATIENCE)) {
            Map<String, TopicState> states = inventory.states(List.of(there, missing));

            assertThat(states.get(missing)).isEqualTo(new TopicState.Missing());
            assertThat(((TopicState.Present) states.get(there)).settings().orElseThrow())
                    .containsEntry("cleanup.policy", "compact,delete")
                    .containsEntry("max.message.bytes", "1234");
            assertThat(inventory.names()).contains(there).doesNotContain(missing);
        }
    }

    @Test
    void tellsTheTimeOfTheNewestRecordOfAnyPartition() throws Exception {
        KafkaTopics topics = new KafkaTopics(kafka.bootstrapServers());
        topics.create(there, 3, Map.of("retention.ms", "-1"));
        try (TopicInventory inventory = TopicInventory.open(kafka, PATIENCE)) {
            assertThat(inventory.newestTime(there)).isEmpty();
            topics.write(List.of(at(0, 7_000), at(1, 9_000), at(1, 8_000)));

            assertThat(inventory.newestTime(there)).hasValue(9_000);
        }
    }

    private ProducerRecord<byte[], byte[]> at(int partition, long time) {
        return new ProducerRecord<>(there, partition, time, null, new byte[] {1});
    }

    @Test
    void saysThatKafkaDoesNotAnswer() throws Exception {
        try (TopicInventory inventory =
                TopicInventory.open(new KafkaConnection("127.0.0.1:1"), Duration.ofMillis(300))) {
            assertThatThrownBy(inventory::names)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Kafka at 127.0.0.1:1 does not answer (TimeoutException")
                    .hasMessageContaining("start it, or correct the address");
        }
    }

    @Test
    void saysWhichPropertiesCannotBeUsedAndNoneOfTheirValues() {
        KafkaConnection wrong = new KafkaConnection(
                kafka.bootstrapServers(),
                new ClientProperties(Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.jaas.config", "canary")));

        assertThatThrownBy(() -> TopicInventory.open(wrong, PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("[sasl.jaas.config, security.protocol]")
                .satisfies(error -> assertThat(error).hasNoCause())
                .hasMessageNotContaining("canary");
    }
}
