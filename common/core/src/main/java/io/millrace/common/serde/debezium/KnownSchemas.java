package io.millrace.common.serde.debezium;

import io.millrace.common.event.RowSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema seen last in each topic, and one instance of each schema. Bounded, so that no topic can fill memory. */
final class KnownSchemas {

    private static final int MOST = 10_000;
    private static final byte[] NONE = new byte[0];

    private record Pair(byte @Nullable [] key, byte @Nullable [] value, RowSchema schema) {}

    private final Map<String, Pair> lastByTopic = new HashMap<>();
    private final Map<RowSchema, RowSchema> interned = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RowSchema, RowSchema> eldest) {
            return size() > MOST;
        }
    };

    byte @Nullable [] lastKey(String topic) {
        Pair last = lastByTopic.get(topic);
        return last == null ? null : last.key();
    }

    byte @Nullable [] lastValue(String topic) {
        Pair last = lastByTopic.get(topic);
        return last == null ? null : last.value();
    }

    /**
     * Returns the schema of a record that has a key alone: that of the topic's last row, if its key is the same, which
     * tells more of the key's columns.
     */
    @Nullable
    RowSchema ofKey(String topic, byte @Nullable [] key) {
        Pair last = lastByTopic.get(topic);
        if (key == null || last == null || !Arrays.equals(key, last.key())) {
            return intern(topic, key, null);
        }
        return last.schema();
    }

    /** Returns the one instance for these texts; a text is empty if there is none, and null is returned for no text. */
    @Nullable
    RowSchema intern(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return key == null ? null : interned.computeIfAbsent(new RowSchema(key, NONE), unknown -> unknown);
        }
        Pair last = lastByTopic.get(topic);
        if (last != null && last.key() == key && last.value() == value) {
            return last.schema();
        }
        RowSchema schema = interned.computeIfAbsent(new RowSchema(key == null ? NONE : key, value), unknown -> unknown);
        if (lastByTopic.size() < MOST || last != null) {
            lastByTopic.put(topic, new Pair(key == null ? null : schema.key(), schema.value(), schema));
        }
        return schema;
    }
}
