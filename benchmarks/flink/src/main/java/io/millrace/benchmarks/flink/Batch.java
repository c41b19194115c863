package io.millrace.benchmarks.flink;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Gathers elements, and writes them every second, when there are many, and before each checkpoint.
 *
 * @param <T> the elements
 */
abstract class Batch<T> implements SinkWriter<T> {

    private static final int MOST = 20_000;
    private static final long INTERVAL = 1_000;

    private final ProcessingTimeService time;
    private int gathered;

    Batch(ProcessingTimeService time) {
        this.time = time;
        schedule();
    }

    /** Takes an element. */
    abstract void take(T element) throws IOException;

    /** Writes what was taken. */
    abstract void send() throws IOException, InterruptedException;

    private void schedule() {
        ScheduledFuture<?> unused = time.registerTimer(time.getCurrentProcessingTime() + INTERVAL, now -> {
            flush(false);
            schedule();
        });
    }

    @Override
    public final void write(T element, Context context) throws IOException, InterruptedException {
        take(element);
        if (++gathered >= MOST) {
            flush(false);
        }
    }

    @Override
    public final void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (gathered > 0) {
            send();
            gathered = 0;
        }
    }
}
