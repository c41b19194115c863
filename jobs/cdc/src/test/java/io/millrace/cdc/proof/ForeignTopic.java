package io.millrace.cdc.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of a table {@code notes (id bigint, body text)} as another Debezium writes them: without our versions. */
final class ForeignTopic {

    private static final String KEY_SCHEMA = """
            {"type":"struct","fields":[{"type":"int64","optional":false,"field":"id"}],"optional":false,"name":"Key"}""";
    private static final String VALUE_SCHEMA = """
            {"type":"struct","fields":[{"type":"struct","fields":[{"type":"int64","optional":false,"field":"id"},\
            {"type":"string","optional":true,"field":"body"}],"optional":true,"name":"Value","field":"after"}],\
            "optional":false,"name":"Envelope"}""";

    private final String topic;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long lsn;

    ForeignTopic(String topic) {
        this(topic, 1_000);
    }

    /** One whose positions in the write-ahead log go on from this one. */
    ForeignTopic(String topic, long lsn) {
        this.topic = topic;
        this.lsn = lsn;
    }

    /** Takes what was said since the last call. */
    List<ProducerRecord<byte[], byte[]>> drain() {
        List<ProducerRecord<byte[], byte[]>> drained = List.copyOf(records);
        records.clear();
        return drained;
    }

    /** Says that a row is there now; every other row comes in the wrapper. */
    void put(String op, long id, String body) {
        say(id, op, "{\"id\":" + id + ",\"body\":\"" + body + "\"}");
    }

    /** Says that a row is gone. */
    void delete(long id) {
        say(id, "d", "null");
        records.add(new ProducerRecord<>(topic, key(id), null));
    }

    /** Says something that is no change. */
    void raw(byte[] key, String value) {
        records.add(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)));
    }

    private void say(long id, String op, String after) {
        lsn += 10;
        String envelope = "{\"before\":null,\"after\":" + after + ",\"source\":{\"version\":\"2.7.0\",\"connector\":"
                + "\"postgresql\",\"name\":\"other\",\"ts_ms\":1700000000000,\"snapshot\":\"false\",\"db\":\"shop\","
                + "\"sequence\":\"[\\\"" + (lsn - 10) + "\\\",\\\"" + lsn + "\\\"]\",\"schema\":\"public\",\"table\":"
                + "\"notes\",\"txId\":5,\"lsn\":" + lsn + "},\"op\":\"" + op + "\",\"ts_ms\":1700000000001}";
        raw(key(id), isWrapped(id) ? wrap(VALUE_SCHEMA, envelope) : envelope);
    }

    static byte[] key(long id) {
        String key = "{\"id\":" + id + "}";
        return (isWrapped(id) ? wrap(KEY_SCHEMA, key) : key).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isWrapped(long id) {
        return id % 2 == 0;
    }

    private static String wrap(String schema, String payload) {
        return "{\"schema\":" + schema + ",\"payload\":" + payload + "}";
    }
}
