package io.millrace.common.sink.clickhouse;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.Outage;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.batch.BatchWriter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * ClickHouse as a target of row changes: a {@code ReplacingMergeTree} of versions for each table, and a view of the
 * current rows. At least once; because each row carries its version and a merge keeps the highest, repeated and
 * reordered writes come to the same result. A sweep deletes what is older.
 */
public final class ClickHouseTarget implements Sink<RowChange> {

    private static final long serialVersionUID = 1L;

    /** The name of this target in metrics and in the stage of dead letters. */
    public static final String NAME = "clickhouse";

    private final ClickHouseConfig config;
    private final DeadLetterQueue deadLetters;
    private final String pipeline;

    private ClickHouseTarget(ClickHouseConfig config, DeadLetterQueue deadLetters, String pipeline) {
        this.config = config;
        this.deadLetters = deadLetters;
        this.pipeline = pipeline;
    }

    /**
     * Makes the sink.
     *
     * @param deadLetters where a change goes that cannot be written for what it is
     * @param pipeline the configured name of the job
     */
    public static Sink<RowChange> atLeastOnce(ClickHouseConfig config, DeadLetterQueue deadLetters, String pipeline) {
        return new ClickHouseTarget(config, deadLetters, pipeline);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<RowChange> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<RowChange> createWriter(WriterInitContext context) throws IOException {
        ClickHouseClient client =
                new HttpClickHouse(config.connection(), config.batching().maxInFlight());
        try {
            return open(client, context);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private SinkWriter<RowChange> open(ClickHouseClient client, WriterInitContext context) throws IOException {
        TargetMetrics metrics = new TargetMetrics(context.metricGroup(), NAME, System::currentTimeMillis);
        CountDownLatch closed = new CountDownLatch(1);
        Inserts inserts = new Inserts(
                client,
                config.connection().database(),
                config.migrated(),
                () -> new Outage("ClickHouse", config.backoff(), closed, System::nanoTime));
        return new BatchWriter<>(
                pipeline + " to ClickHouse",
                config.batching(),
                config.routes().stream().collect(Collectors.toMap(ClickHouseRoute::table, Function.identity())),
                inserts,
                RefusedChanges.open(config.refused(), deadLetters, pipeline, NAME, metrics),
                metrics,
                context,
                closed,
                List.of(client));
    }
}
