package io.millrace.benchmarks.streams;

import java.nio.ByteBuffer;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.memory.Memory;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Views of a page in a window, and a sketch of who they were if visitors are counted; mutable. */
final class Count {

    private static final int PRECISION = 14;

    private long views;
    private @Nullable HllSketch visitors;

    long views() {
        return views;
    }

    long visitors() {
        return visitors == null ? 0 : Math.round(visitors.getEstimate());
    }

    Count add(String visitor, boolean isCounted) {
        views++;
        if (isCounted) {
            if (visitors == null) {
                visitors = new HllSketch(PRECISION, TgtHllType.HLL_4);
            }
            visitors.update(visitor);
        }
        return this;
    }

    /** Binary: the number, and the sketch behind it. */
    static Serde<Count> serde() {
        Serializer<Count> out = (topic, count) -> {
            HllSketch sketch = count.visitors;
            byte[] sketched = sketch == null ? new byte[0] : sketch.toCompactByteArray();
            return ByteBuffer.allocate(Long.BYTES + sketched.length)
                    .putLong(count.views)
                    .put(sketched)
                    .array();
        };
        Deserializer<Count> in = (topic, bytes) -> {
            Count count = new Count();
            count.views = ByteBuffer.wrap(bytes).getLong();
            if (bytes.length > Long.BYTES) {
                Memory sketched = Memory.wrap(bytes).region(Long.BYTES, bytes.length - Long.BYTES);
                count.visitors = HllSketch.heapify(sketched);
            }
            return count;
        };
        return Serdes.serdeFrom(
                (topic, count) -> count == null ? null : out.serialize(topic, count),
                (topic, bytes) -> bytes == null ? null : in.deserialize(topic, bytes));
    }
}
