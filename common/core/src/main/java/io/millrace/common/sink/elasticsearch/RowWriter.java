package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.util.IOUtils;

/** The connector's writer with a flush by time, which happens in the task's thread as everything else does. */
final class RowWriter implements SinkWriter<RowChange> {

    private final SinkWriter<RowChange> connector;
    private final ProcessingTimeService time;
    private final long intervalMillis;
    private final CountDownLatch closed;
    private final List<AutoCloseable> resources;
    private boolean timed;

    /**
     * Takes over what it is given.
     *
     * @param closed counted down first of all at the end, so that nobody waits for Elasticsearch any longer
     * @param resources closed last, in this order
     */
    RowWriter(
            SinkWriter<RowChange> connector,
            ProcessingTimeService time,
            Duration interval,
            CountDownLatch closed,
            List<AutoCloseable> resources) {
        this.connector = connector;
        this.time = time;
        this.intervalMillis = interval.toMillis();
        this.closed = closed;
        this.resources = resources;
    }

    @Override
    public void write(RowChange change, Context context) throws IOException, InterruptedException {
        connector.write(change, context);
        if (!timed) {
            timed = true;
            var unused = time.registerTimer(time.getCurrentProcessingTime() + intervalMillis, now -> {
                timed = false;
                connector.flush(false);
            });
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        connector.flush(endOfInput);
    }

    @Override
    public void close() throws Exception {
        closed.countDown();
        try {
            connector.close();
        } finally {
            IOUtils.closeAll(resources);
        }
    }
}
