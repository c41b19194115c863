package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.elasticsearch.sink.BulkWriters;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.IOUtils;
import org.elasticsearch.index.VersionType;

/**
 * Writes row changes to Elasticsearch, at least once; versions make a repeated or late write harmless. State: the
 * sweeps that are not done.
 */
final class RowSink implements Sink<RowChange>, SupportsWriterState<RowChange, RowChange> {

    private static final long serialVersionUID = 1L;

    private final ElasticsearchConfig config;
    private final String pipeline;
    private final DeadLetterQueue deadLetters;
    private final VersionType versions;

    RowSink(ElasticsearchConfig config, String pipeline, DeadLetterQueue deadLetters, VersionType versions) {
        this.config = config;
        this.pipeline = pipeline;
        this.deadLetters = deadLetters;
        this.versions = versions;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in Flink 1.20 all the same
    public SinkWriter<RowChange> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 makes a writer from a WriterInitContext");
    }

    @Override
    public SinkWriter<RowChange> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowChange, RowChange> restoreWriter(
            WriterInitContext context, Collection<RowChange> sweeps) throws IOException {
        RestSearchClient client = new RestSearchClient(config.connection());
        DeadLetterWriter letters = null;
        try {
            letters = deadLetters.open();
            return open(client, letters, context, sweeps);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeAllQuietly(client, letters);
            throw e;
        }
    }

    @Override
    public SimpleVersionedSerializer<RowChange> getWriterStateSerializer() {
        return new SweepSerializer();
    }

    private RowWriter open(
            RestSearchClient client,
            DeadLetterWriter letters,
            WriterInitContext context,
            Collection<RowChange> sweeps) {
        CountDownLatch closed = new CountDownLatch(1);
        Supplier<Outage> outages = () -> new Outage("Elasticsearch", config.backoff(), closed, System::nanoTime);
        RowBulk bulk = new RowBulk(
                client,
                new IndexMappings(client, config.routes()),
                letters,
                pipeline,
                new TargetMetrics(context.metricGroup(), "elasticsearch", System::currentTimeMillis),
                outages);
        return new RowWriter(
                connector(bulk, context),
                new IndexSweeps(config.routes(), client, bulk, config.batching().maxActions(), outages, sweeps),
                context.getProcessingTimeService(),
                config.batching().interval(),
                closed,
                List.of(client, letters));
    }

    private SinkWriter<RowChange> connector(RowBulk bulk, WriterInitContext context) {
        return BulkWriters.open(
                RestClients.hosts(config.connection()),
                new RowEmitter(config.routes(), config.documents(), versions),
                config.batching().maxActions(),
                config.batching().maxBytes(),
                bulk,
                context.metricGroup(),
                context.getMailboxExecutor());
    }
}
