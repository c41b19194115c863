package io.millrace.analytics.experiment;

import io.millrace.analytics.event.Stamp;
import java.io.IOException;
import java.util.Comparator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * When something happened, and where its record stands: of two that happened in the same millisecond one is the first, in
 * whatever order they are read.
 *
 * @param timestamp epoch milliseconds
 */
record Moment(long timestamp, int partition, long offset) implements Comparable<Moment> {

    static final Moment NEVER = new Moment(Long.MIN_VALUE, -1, -1);

    private static final Comparator<Moment> ORDER = Comparator.comparingLong(Moment::timestamp)
            .thenComparingInt(Moment::partition)
            .thenComparingLong(Moment::offset);

    static Moment of(Stamp stamp) {
        return new Moment(stamp.timestamp(), stamp.partition(), stamp.offset());
    }

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    Moment or(Moment other) {
        return compareTo(other) >= 0 ? this : other;
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeLong(timestamp);
        out.writeInt(partition);
        out.writeLong(offset);
    }

    static Moment readFrom(DataInputView in) throws IOException {
        return new Moment(in.readLong(), in.readInt(), in.readLong());
    }
}
