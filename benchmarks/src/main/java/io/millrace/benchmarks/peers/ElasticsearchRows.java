package io.millrace.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.http.HttpHost;
import org.elasticsearch.action.bulk.BackoffPolicy;
import org.elasticsearch.action.bulk.BulkProcessor;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestHighLevelClient;
import org.elasticsearch.common.unit.ByteSizeUnit;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.XContentType;
import org.jspecify.annotations.Nullable;

/** Elasticsearch's own {@code BulkProcessor}, with the sizes that our job has. */
final class ElasticsearchRows implements RowWriter, BulkProcessor.Listener {

    private static final int ACTIONS = 1_000;
    private static final int MEGABYTES = 5;
    private static final int INTERVAL_MILLIS = 200;
    private static final long LOOK_NANOS = 200_000;

    private final AtomicInteger unwritten = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final String index;
    private final BulkProcessor processor;

    @SuppressWarnings("deprecation") // what users of 7.17 have
    ElasticsearchRows(Settings settings) {
        index = settings.get(Settings.TABLE);
        RestHighLevelClient client =
                new RestHighLevelClient(RestClient.builder(HttpHost.create(settings.get(Settings.ELASTICSEARCH))));
        processor = BulkProcessor.builder(
                        (request, answer) -> client.bulkAsync(request, RequestOptions.DEFAULT, answer), this, "bench")
                .setBulkActions(ACTIONS)
                .setBulkSize(new ByteSizeValue(MEGABYTES, ByteSizeUnit.MB))
                .setFlushInterval(TimeValue.timeValueMillis(INTERVAL_MILLIS))
                .setConcurrentRequests(1)
                .setBackoffPolicy(BackoffPolicy.exponentialBackoff())
                .build();
    }

    @Override
    public void write(long id, JsonNode row) {
        unwritten.incrementAndGet();
        processor.add(new IndexRequest(index).id(Long.toString(id)).source(row.toString(), XContentType.JSON));
    }

    @Override
    public void flush() {
        processor.flush();
        while (unwritten.get() > 0 && failure.get() == null) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        String why = failure.get();
        if (why != null) {
            throw new IllegalStateException(why);
        }
    }

    @Override
    public void beforeBulk(long number, BulkRequest request) {
        // nothing to do
    }

    @Override
    public void afterBulk(long number, BulkRequest request, BulkResponse response) {
        if (response.hasFailures()) {
            failure.set(response.buildFailureMessage());
        }
        unwritten.addAndGet(-request.numberOfActions());
    }

    @Override
    public void afterBulk(long number, BulkRequest request, Throwable error) {
        failure.set(error.toString());
    }
}
