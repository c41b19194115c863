package io.millrace.common.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.config.ClientProperties;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaTargetTest {

    private static final KafkaConnection KAFKA = new KafkaConnection(
            "127.0.0.1:1", new ClientProperties(Map.of("acks", "1", "sasl.jaas.config", "password=canary")));

    @Test
    void cannotBeTalkedOutOfItsGuarantees() {
        Properties properties = KafkaTarget.producerProperties(new KafkaTargetConfig(KAFKA));

        assertThat(properties).containsEntry("acks", "all").containsEntry("enable.idempotence", "true");
    }

    /** A record that does not fit into the buffer would fail the job at every attempt. */
    @Test
    void hasRoomForTheLargestRecord() {
        KafkaTargetConfig large = new KafkaTargetConfig(
                KAFKA, Compression.NONE, Duration.ofMillis(5), 1_000, 40_000_000, Duration.ofSeconds(60));

        assertThat(KafkaTarget.producerProperties(large)).containsEntry("buffer.memory", "80000000");
        assertThat(KafkaTarget.producerProperties(new KafkaTargetConfig(KAFKA)))
                .containsEntry("buffer.memory", "33554432");
    }

    @Test
    void compressesWithGzipIfToldTo() {
        KafkaTargetConfig config = new KafkaTargetConfig(KAFKA).withCompression(Compression.GZIP);

        assertThat(KafkaTarget.producerProperties(config)).containsEntry("compression.type", "gzip");
    }

    @Test
    void keepsKafkasRelationBetweenItsTimeouts() {
        KafkaTargetConfig config = new KafkaTargetConfig(
                KAFKA, Compression.NONE, Duration.ofMillis(50), 1_000, 1_000, Duration.ofSeconds(2));
        Properties properties = KafkaTarget.producerProperties(config);
        properties.put("sasl.jaas.config", "");
        properties.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        properties.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");

        ProducerConfig parsed = new ProducerConfig(properties);

        assertThat(parsed.getLong("linger.ms") + parsed.getInt("request.timeout.ms"))
                .isLessThanOrEqualTo(parsed.getInt("delivery.timeout.ms"));
    }

    @Test
    void doesNotPrintAClientsSecrets() {
        assertThat(new KafkaTargetConfig(KAFKA).toString())
                .contains("sasl.jaas.config")
                .doesNotContain("canary");
    }

    @Test
    void leavesPartitionAndTimeToKafka() {
        ProducerRecord<byte[], byte[]> record = KafkaRecords.toKafka(new ProducedRecord(
                "users", bytes("k"), null, List.of(new Header("a", bytes("1")), new Header("b", null))));

        assertThat(record.topic()).isEqualTo("users");
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(record.value()).isNull();
        assertThat(record.headers()).extracting("key").containsExactly("a", "b");
        assertThat(record.headers().lastHeader("b").value()).isNull();
    }

    @Test
    void countsEverythingThatARecordTakes() {
        ProducedRecord record = new ProducedRecord("users", bytes("key"), bytes("value"), List.of());
        ProducedRecord withHeader =
                new ProducedRecord("users", bytes("key"), bytes("value"), List.of(new Header("n", bytes("22"))));

        assertThat(KafkaRecords.size(record)).isBetween(8L, 200L);
        assertThat(KafkaRecords.size(withHeader) - KafkaRecords.size(record)).isBetween(3L, 20L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
