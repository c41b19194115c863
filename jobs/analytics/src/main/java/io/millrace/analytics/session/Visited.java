package io.millrace.analytics.session;

import io.millrace.analytics.event.Stamp;
import java.io.IOException;
import java.util.Comparator;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A page, and when it was looked at.
 *
 * @param url empty for no page at all
 */
record Visited(String url, long timestamp, int partition, long offset) {

    static final Visited NOTHING = new Visited("", 0, 0, 0);

    private static final Comparator<Visited> ORDER = Comparator.comparingLong(Visited::timestamp)
            .thenComparingInt(Visited::partition)
            .thenComparingLong(Visited::offset);

    static Visited of(Step step) {
        Stamp stamp = step.stamp();
        return step.page().isEmpty()
                ? NOTHING
                : new Visited(step.page(), stamp.timestamp(), stamp.partition(), stamp.offset());
    }

    boolean isNothing() {
        return url.isEmpty();
    }

    /** Returns the one that was looked at first, if any was. */
    Visited first(Visited other) {
        if (isNothing() || other.isNothing()) {
            return isNothing() ? other : this;
        }
        return ORDER.compare(this, other) <= 0 ? this : other;
    }

    /** Returns the one that was looked at last, if any was. */
    Visited last(Visited other) {
        if (isNothing() || other.isNothing()) {
            return isNothing() ? other : this;
        }
        return ORDER.compare(this, other) > 0 ? this : other;
    }

    void writeTo(DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(url, out);
        out.writeLong(timestamp);
        out.writeInt(partition);
        out.writeLong(offset);
    }

    static Visited readFrom(DataInputView in) throws IOException {
        return new Visited(StringSerializer.INSTANCE.deserialize(in), in.readLong(), in.readInt(), in.readLong());
    }
}
