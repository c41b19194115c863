package io.millrace.common.sink.jdbc;

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
 * Postgres as a target of row changes: a table with the latest version of each row, deletions included, and a view of
 * the current rows. At least once; because each row carries its version and a write is refused if the table holds a
 * higher one, repeated and reordered writes come to the same result. A sweep deletes what is older.
 */
public final class PostgresTarget implements Sink<RowChange> {

    private static final long serialVersionUID = 1L;

    /** The name of this target in metrics and in the stage of dead letters. */
    public static final String NAME = "postgres";

    private final PostgresTargetConfig config;
    private final DeadLetterQueue deadLetters;
    private final String pipeline;

    private PostgresTarget(PostgresTargetConfig config, DeadLetterQueue deadLetters, String pipeline) {
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
    public static Sink<RowChange> atLeastOnce(
            PostgresTargetConfig config, DeadLetterQueue deadLetters, String pipeline) {
        return new PostgresTarget(config, deadLetters, pipeline);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<RowChange> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<RowChange> createWriter(WriterInitContext context) throws IOException {
        TargetMetrics metrics = new TargetMetrics(context.metricGroup(), NAME, System::currentTimeMillis);
        CountDownLatch closed = new CountDownLatch(1);
        PostgresConnections connections = new PostgresConnections(config.address(), config.requestTimeout());
        Upserts upserts = new Upserts(
                connections, config.schema(), () -> new Outage("Postgres", config.backoff(), closed, System::nanoTime));
        return new BatchWriter<>(
                pipeline + " to Postgres",
                config.batching(),
                config.routes().stream().collect(Collectors.toMap(PostgresRoute::table, Function.identity())),
                upserts,
                RefusedChanges.open(config.refused(), deadLetters, pipeline, NAME, metrics),
                metrics,
                context,
                closed,
                List.of(connections));
    }
}
