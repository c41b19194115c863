package io.millrace.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Version;
import io.millrace.testing.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;

/** Reads a topic as any consumer of Debezium does: with Kafka Connect's own converter. */
final class EnvelopeReader {

    private EnvelopeReader() {}

    /** Requires that each record is a struct of Debezium's envelope, or a tombstone right after its delete. */
    static void assertReadable(String bootstrap, String topic) {
        try (JsonConverter keys = converter(true);
                JsonConverter values = converter(false)) {
            List<ConsumerRecord<byte[], byte[]>> records = new KafkaTopics(bootstrap).read(topic);
            assertThat(records).isNotEmpty();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                SchemaAndValue key = keys.toConnectData(topic, record.key());
                assertThat(key.schema().name()).isEqualTo(topic + ".Key");
                ((Struct) key.value()).validate();
                if (record.value() != null) {
                    assertIsEnvelope(values.toConnectData(topic, record.value()), topic);
                }
            }
            assertTombstonesFollowDeletes(records);
        }
    }

    /**
     * Requires that of each key a tombstone comes right after a delete of the same version, and that no key ends with a
     * delete: where a job crashed between the two, both come again.
     */
    private static void assertTombstonesFollowDeletes(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            ConsumerRecord<byte[], byte[]> before = last.put(key, record);
            if (record.value() == null) {
                assertThat(before)
                        .as("before the tombstone of " + key)
                        .isNotNull()
                        .matches(EnvelopeReader::isDelete);
                assertThat(record.headers().lastHeader(Version.HEADER))
                        .isEqualTo(before.headers().lastHeader(Version.HEADER));
            }
        }
        assertThat(last.values()).noneMatch(EnvelopeReader::isDelete);
        assertThat(records).as("some tombstone").anyMatch(record -> record.value() == null);
    }

    private static boolean isDelete(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && new String(record.value(), StandardCharsets.UTF_8).contains("\"op\":\"d\"");
    }

    private static void assertIsEnvelope(SchemaAndValue value, String topic) {
        assertThat(value.schema().name()).isEqualTo(topic + ".Envelope");
        Struct envelope = (Struct) value.value();
        envelope.validate();
        assertThat(envelope.getString("op")).isIn("c", "u", "d", "r");
        assertThat(envelope.get("after") == null)
                .isEqualTo(envelope.getString("op").equals("d"));
        Struct source = envelope.getStruct("source");
        assertThat(topic).endsWith("." + source.getString("schema") + "." + source.getString("table"));
        assertThat(source.getInt64("lsn")).isNotNull();
        assertThat(source.getInt64("ts_ms")).isNotNull();
    }

    private static JsonConverter converter(boolean ofKeys) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "true"), ofKeys);
        return converter;
    }
}
