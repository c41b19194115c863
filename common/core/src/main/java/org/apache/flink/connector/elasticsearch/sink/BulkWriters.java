package org.apache.flink.connector.elasticsearch.sink;

import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.http.HttpHost;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BackoffPolicy;
import org.elasticsearch.action.bulk.BulkProcessor;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.common.unit.ByteSizeUnit;
import org.elasticsearch.common.unit.ByteSizeValue;

/**
 * Opens the connector's writer with a carrier of our own between its bulk processor and Elasticsearch, which the
 * connector offers inside its package only: left alone it fails the job for every refused item. Buffering, flushing
 * and checkpoints stay the connector's.
 */
public final class BulkWriters {

    private BulkWriters() {}

    /**
     * Opens a writer that flushes at a checkpoint, at a number of actions and at a size, never by time, so that all
     * of it happens in the task's own thread.
     *
     * @param carrier sends a bulk and answers the listener before it returns. A failure fails the job; an item that
     *     need not fail it must not be reported as failed
     */
    public static <T> SinkWriter<T> open(
            List<HttpHost> hosts,
            ElasticsearchEmitter<T> emitter,
            int maxActions,
            long maxBytes,
            BiConsumer<BulkRequest, ActionListener<BulkResponse>> carrier,
            SinkWriterMetricGroup metrics,
            MailboxExecutor mailbox) {
        BulkProcessorConfig flushing = new BulkProcessorConfig(maxActions, -1, -1, FlushBackoffType.NONE, -1, -1);
        return new ElasticsearchWriter<>(
                hosts,
                emitter,
                true,
                flushing,
                (client, config, listener) -> BulkProcessor.builder(carrier, listener, "millrace")
                        .setBulkActions(config.getBulkFlushMaxActions())
                        .setBulkSize(new ByteSizeValue(maxBytes, ByteSizeUnit.BYTES))
                        .setBackoffPolicy(BackoffPolicy.noBackoff()),
                new NetworkClientConfig(null, null, null, null, null, null),
                metrics,
                mailbox);
    }
}
