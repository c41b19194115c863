package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.util.IOUtils;

/**
 * The connector's writer with a flush by time, and with sweeps, both of which happen in the task's thread as everything
 * else does.
 */
final class RowWriter implements StatefulSinkWriter<RowChange, RowChange> {

    private final SinkWriter<RowChange> connector;
    private final IndexSweeps sweeps;
    private final ProcessingTimeService time;
    private final long intervalMillis;
    private final CountDownLatch closed;
    private final List<AutoCloseable> resources;
    private boolean timed;
    private boolean sweeping;

    /**
     * Takes over what it is given.
     *
     * @param closed counted down first of all at the end, so that nobody waits for Elasticsearch any longer
     * @param resources closed last, in this order
     */
    RowWriter(
            SinkWriter<RowChange> connector,
            IndexSweeps sweeps,
            ProcessingTimeService time,
            Duration interval,
            CountDownLatch closed,
            List<AutoCloseable> resources) {
        this.connector = connector;
        this.sweeps = sweeps;
        this.time = time;
        this.intervalMillis = interval.toMillis();
        this.closed = closed;
        this.resources = resources;
        goOnSweeping();
    }

    @Override
    public void write(RowChange change, Context context) throws IOException, InterruptedException {
        if (change.isSweep()) {
            connector.flush(false);
            sweeps.add(change);
            goOnSweeping();
            return;
        }
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
        while (endOfInput && !sweeps.isDone()) {
            sweeps.step();
        }
    }

    /** Between two steps the task does what else there is to do. */
    private void goOnSweeping() {
        if (!sweeping && !sweeps.isDone()) {
            sweeping = true;
            var unused = time.registerTimer(time.getCurrentProcessingTime(), now -> {
                sweeping = false;
                sweeps.step();
                goOnSweeping();
            });
        }
    }

    @Override
    public List<RowChange> snapshotState(long checkpointId) {
        return sweeps.pending();
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
