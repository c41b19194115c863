package io.millrace.common.sink.elasticsearch;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.elasticsearch.index.VersionType;

/**
 * Elasticsearch as a target: one document per row, under the alias of the row's table.
 *
 * <p>A document's version is the change's. An older write than the one that is there, or than the delete that is
 * remembered for {@code gc_deletes}, is refused by Elasticsearch and counted as stale, so changes may arrive twice
 * and in any order. A row that Elasticsearch refuses goes to the dead letters, acknowledged before its batch counts
 * as done; the rest of the batch is written. An outage is waited out, then fails the job; it never makes a dead
 * letter. A sweep deletes what is older, between other writes; a checkpoint keeps it until it is done.
 */
public final class ElasticsearchTarget {

    private ElasticsearchTarget() {}

    /**
     * Makes templates, indices and aliases. To be called before the job is submitted.
     *
     * @throws IOException if Elasticsearch cannot be reached or refuses
     */
    public static void prepare(ElasticsearchConfig config) throws IOException, InterruptedException {
        ElasticsearchIndices.prepare(config);
    }

    /**
     * Makes the sink. It takes versioned changes of tables that have a route, and fails on any other.
     *
     * @param pipeline the job's configured name, for dead letters
     */
    public static Sink<RowChange> sink(ElasticsearchConfig config, String pipeline, DeadLetterQueue deadLetters) {
        return new RowSink(config, pipeline, deadLetters, VersionType.EXTERNAL_GTE);
    }
}
