package io.millrace.common.source.postgres;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.pipeline.DataChangeEvent;
import io.millrace.common.event.RowChange;
import io.millrace.common.source.postgres.pgoutput.StreamedChange;
import org.jspecify.annotations.Nullable;

/** The queue to Flink CDC's reader, which counts records, kept from growing by bytes where rows are large. */
final class BoundedQueue {

    private static final long MOST_BYTES = 16 << 20;
    private static final long PAUSE_MILLIS = 1;
    private static final int MEMORY = 64;

    private final ChangeEventQueue<DataChangeEvent> queue;
    private long usualBytes;

    BoundedQueue(ChangeEventQueue<DataChangeEvent> queue) {
        this.queue = queue;
    }

    /** Adds a change; waits until there is room for it. */
    void add(StreamedChange change) throws InterruptedException {
        usualBytes += (bytes(change.change()) - usualBytes) / MEMORY;
        while (isFull()) {
            Thread.sleep(PAUSE_MILLIS);
        }
        queue.enqueue(new DataChangeEvent(change));
    }

    private boolean isFull() {
        long queued = (long) queue.totalCapacity() - queue.remainingCapacity();
        return queued > 0 && queued * usualBytes > MOST_BYTES;
    }

    private static long bytes(@Nullable RowChange change) {
        return change == null ? 0 : length(change.before()) + length(change.after());
    }

    private static long length(byte @Nullable [] row) {
        return row == null ? 0 : row.length;
    }
}
