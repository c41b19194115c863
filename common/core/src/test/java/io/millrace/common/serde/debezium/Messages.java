package io.millrace.common.serde.debezium;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.replay.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as Debezium writes them. */
final class Messages {

    static final String TOPIC = "dbserver1.public.users";
    static final String KEY = "{\"id\":1}";
    static final String KEY_SCHEMA =
            "{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}],"
                    + "\"optional\":false,\"name\":\"dbserver1.public.users.Key\"}";
    static final String SCHEMA =
            "{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,"
                    + "\"field\":\"id\"}],\"optional\":true,\"field\":\"after\"}],\"optional\":false,"
                    + "\"name\":\"dbserver1.public.users.Envelope\"}";
    static final String SOURCE = "{\"version\":\"2.7.0\",\"connector\":\"postgresql\",\"name\":\"dbserver1\","
            + "\"ts_ms\":1700000000123,\"snapshot\":\"false\",\"db\":\"shop\",\"sequence\":\"[\\\"900\\\",\\\"1000\\\"]\","
            + "\"schema\":\"public\",\"table\":\"users\",\"txId\":555,\"lsn\":1000,\"xmin\":null}";
    static final String ROW = "{\"id\":1,\"name\":\"Zoë \\\"}{\\\" 中\",\"tags\":[\"a\",{\"b\":[]}],\"price\":1.10}";

    private Messages() {}

    static String envelope(String op, String before, String after, String source) {
        return "{\"before\":" + before + ",\"after\":" + after + ",\"source\":" + source + ",\"op\":\"" + op
                + "\",\"ts_ms\":1700000000456,\"transaction\":null}";
    }

    static String created() {
        return envelope("c", "null", ROW, SOURCE);
    }

    static String wrapped(String schema, String payload) {
        return "{\"schema\":" + schema + ",\"payload\":" + payload + "}";
    }

    static ConsumedRecord record(@Nullable String key, @Nullable String value, Header... headers) {
        return inTopic(TOPIC, key, value, headers);
    }

    static ConsumedRecord inTopic(String topic, @Nullable String key, @Nullable String value, Header... headers) {
        return new ConsumedRecord(topic, 2, 77, 1_700_000_000_999L, bytes(key), bytes(value), List.of(headers));
    }

    static Header version(String text) {
        return new Header(Version.HEADER, bytes(text));
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
