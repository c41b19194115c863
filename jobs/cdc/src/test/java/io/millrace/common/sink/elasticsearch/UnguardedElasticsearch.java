package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.elasticsearch.index.VersionType;

/** The target with its guard switched off: Elasticsearch counts versions itself, and takes every write. */
public final class UnguardedElasticsearch {

    private UnguardedElasticsearch() {}

    public static Sink<RowChange> sink(ElasticsearchConfig config, String pipeline, DeadLetterQueue deadLetters) {
        return new RowSink(config, pipeline, deadLetters, VersionType.INTERNAL);
    }
}
