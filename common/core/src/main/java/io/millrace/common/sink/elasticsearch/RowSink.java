package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.elasticsearch.sink.BulkWriters;
import org.apache.flink.util.IOUtils;
import org.elasticsearch.index.VersionType;

/** Writes row changes to Elasticsearch, at least once; versions make a repeated or late write harmless. */
final class RowSink implements Sink<RowChange> {

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
    @SuppressWarnings("deprecation") // still what Flink 1.20 makes a sink implement; the newer one calls it
    public SinkWriter<RowChange> createWriter(InitContext context) throws IOException {
        RestSearchClient client = new RestSearchClient(config.connection());
        DeadLetterWriter letters = null;
        try {
            letters = deadLetters.open();
            return open(client, letters, context);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeAllQuietly(client, letters);
            throw e;
        }
    }

    @SuppressWarnings("deprecation")
    private SinkWriter<RowChange> open(RestSearchClient client, DeadLetterWriter letters, InitContext context) {
        CountDownLatch closed = new CountDownLatch(1);
        RowBulk bulk = new RowBulk(
                client,
                new IndexMappings(client, config.routes()),
                letters,
                pipeline,
                new TargetMetrics(context.metricGroup(), "elasticsearch", System::currentTimeMillis),
                () -> new Outage(config.backoff(), closed, System::nanoTime));
        SinkWriter<RowChange> connector = BulkWriters.open(
                RestClients.hosts(config.connection()),
                new RowEmitter(config.routes(), config.documents(), versions),
                config.batching().maxActions(),
                config.batching().maxBytes(),
                bulk,
                context.metricGroup(),
                context.getMailboxExecutor());
        return new RowWriter(
                connector,
                context.getProcessingTimeService(),
                config.batching().interval(),
                closed,
                List.of(client, letters));
    }
}
