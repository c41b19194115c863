package io.millrace.analytics.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * When an event was, where its record stands, and who it is.
 *
 * @param partition of its topic
 * @param timestamp epoch milliseconds
 * @param id null if its producer gave it no name; such an event counts as often as it is read
 */
public record Stamp(
        int partition,
        long offset,
        long timestamp,
        @Nullable EventId id) {

    /** Returns the same, told apart from an event of another topic that has the same name. */
    public Stamp ofAnotherTopic() {
        return id == null ? this : new Stamp(partition, offset, timestamp, new EventId(~id.high(), id.low()));
    }

    public void writeTo(DataOutputView out) throws IOException {
        out.writeInt(partition);
        out.writeLong(offset);
        out.writeLong(timestamp);
        out.writeBoolean(id != null);
        if (id != null) {
            EventIdSerializer.INSTANCE.serialize(id, out);
        }
    }

    public static Stamp readFrom(DataInputView in) throws IOException {
        return new Stamp(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? EventIdSerializer.INSTANCE.deserialize(in) : null);
    }
}
