package io.millrace.common.source.postgres;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.pipeline.DataChangeEvent;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import org.jspecify.annotations.Nullable;

/** The queue to Flink CDC's reader, which counts records, kept from growing by bytes where rows are large. */
final class BoundedQueue {

    /** Rows that are larger pass one at a time. */
    static final long MOST_BYTES = 16 << 20;

    private static final long PAUSE_MILLIS = 1;

    private final ChangeEventQueue<DataChangeEvent> queue;
    private final int[] sizes;
    private long added;
    private long taken;
    private long bytes;

    BoundedQueue(ChangeEventQueue<DataChangeEvent> queue) {
        this.queue = queue;
        this.sizes = new int[queue.totalCapacity() + 1];
    }

    /** Adds a change; waits until there is room for it. Called by one thread. */
    void add(StreamedChange change) throws InterruptedException {
        int size = size(change.change());
        while (bytes > 0 && bytes + size > MOST_BYTES) {
            Thread.sleep(PAUSE_MILLIS);
            forgetTaken();
        }
        queue.enqueue(new DataChangeEvent(change));
        sizes[(int) (added++ % sizes.length)] = size;
        bytes += size;
        forgetTaken();
    }

    /** What is still in the queue was added last. */
    private void forgetTaken() {
        int queued = queue.totalCapacity() - queue.remainingCapacity();
        for (; added - taken > queued; taken++) {
            bytes -= sizes[(int) (taken % sizes.length)];
        }
    }

    private static int size(@Nullable RowChange change) {
        return change == null ? 0 : length(change.before()) + length(change.after());
    }

    private static int length(byte @Nullable [] row) {
        return row == null ? 0 : row.length;
    }
}
