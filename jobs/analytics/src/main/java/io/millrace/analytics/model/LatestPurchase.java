package io.millrace.analytics.model;

import io.millrace.analytics.event.Stamp;
import java.io.IOException;
import java.util.Comparator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The purchase that a user made last, of those that were counted.
 *
 * @param timestamp epoch milliseconds
 * @param partition where its record stands; -1 if there is no purchase
 */
public record LatestPurchase(long timestamp, int partition, long offset) {

    public static final LatestPurchase NONE = new LatestPurchase(Long.MIN_VALUE, -1, -1);

    private static final Comparator<LatestPurchase> ORDER = Comparator.comparingLong(LatestPurchase::timestamp)
            .thenComparingInt(LatestPurchase::partition)
            .thenComparingLong(LatestPurchase::offset);

    static LatestPurchase of(Stamp stamp) {
        return new LatestPurchase(stamp.timestamp(), stamp.partition(), stamp.offset());
    }

    /** Returns the later one of two, whichever comes first. */
    LatestPurchase or(LatestPurchase other) {
        return ORDER.compare(this, other) >= 0 ? this : other;
    }

    void writeTo(DataOutputView out) throws IOException {
        out.writeLong(timestamp);
        out.writeInt(partition);
        out.writeLong(offset);
    }

    static LatestPurchase readFrom(DataInputView in) throws IOException {
        return new LatestPurchase(in.readLong(), in.readInt(), in.readLong());
    }
}
