package io.millrace.common.sink.elasticsearch;

import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetterWriter;
import io.millrace.common.failure.Outage;
import io.millrace.common.metrics.TargetMetrics;
import io.millrace.common.sink.elasticsearch.ItemAnswer.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest.OpType;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexResponse;
import org.elasticsearch.index.shard.ShardId;
import org.jspecify.annotations.Nullable;

/**
 * Carries a bulk to Elasticsearch until each of its items is done: written, stale, or acknowledged as a dead letter.
 * Items are sent again after a transient answer, alone; the version guards their order. Only an outage that outlasts
 * the back-off, or an answer that every write would get, fails the bulk and with it the job. Blocks; one thread.
 */
final class RowBulk implements BiConsumer<BulkRequest, ActionListener<BulkResponse>> {

    private static final int TOO_LARGE = 413;

    private final SearchClient client;
    private final IndexMappings mappings;
    private final DeadLetterWriter deadLetters;
    private final String pipeline;
    private final TargetMetrics metrics;
    private final Supplier<Outage> outages;

    RowBulk(
            SearchClient client,
            IndexMappings mappings,
            DeadLetterWriter deadLetters,
            String pipeline,
            TargetMetrics metrics,
            Supplier<Outage> outages) {
        this.client = client;
        this.mappings = mappings;
        this.deadLetters = deadLetters;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.outages = outages;
    }

    @Override
    public void accept(BulkRequest bulk, ActionListener<BulkResponse> listener) {
        long began = System.nanoTime();
        try {
            List<RowRequest> requests = new ArrayList<>(bulk.numberOfActions());
            bulk.requests().forEach(request -> requests.add((RowRequest) request));
            carry(requests);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.onFailure(e);
            return;
        } catch (IOException | RuntimeException e) {
            listener.onFailure(e);
            return;
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        listener.onResponse(new BulkResponse(allDone(bulk), millis));
    }

    /** The connector looks only for failures, of which there is none left. */
    private static BulkItemResponse[] allDone(BulkRequest bulk) {
        BulkItemResponse[] items = new BulkItemResponse[bulk.numberOfActions()];
        IndexResponse done = new IndexResponse(new ShardId("done", "done", 0), "_doc", "done", 0, 1, 1, true);
        Arrays.fill(items, BulkItemResponse.success(0, OpType.INDEX, done));
        return items;
    }

    /** Returns when every item is done. */
    void carry(List<RowRequest> requests) throws IOException, InterruptedException {
        Refusals refusals = new Refusals(pipeline);
        Deque<List<RowRequest>> pending = new ArrayDeque<>();
        pending.push(writable(requests, refusals));
        Outage outage = outages.get();
        outage.requireOpen();
        while (!pending.isEmpty()) {
            List<RowRequest> next = pending.pop();
            if (!next.isEmpty()) {
                attempt(next, refusals, outage, pending);
            }
        }
        refusals.writeTo(deadLetters, metrics);
    }

    private static List<RowRequest> writable(List<RowRequest> requests, Refusals refusals) {
        List<RowRequest> writable = new ArrayList<>(requests.size());
        for (RowRequest request : requests) {
            DataException refusal = request.refusal();
            if (refusal == null) {
                writable.add(request);
            } else {
                refusals.add(request, refusal);
            }
        }
        return writable;
    }

    /** Sends once, and puts back what has to be sent again. */
    private void attempt(List<RowRequest> requests, Refusals refusals, Outage outage, Deque<List<RowRequest>> pending)
            throws IOException, InterruptedException {
        IOException retryFor;
        List<RowRequest> retried = requests;
        try {
            mappings.prepareFor(requests);
            Judgement judgement = judge(requests, client.bulk(requests), refusals);
            retryFor = judgement.cause();
            retried = judgement.busy();
        } catch (FatalException e) {
            throw e;
        } catch (RefusedException e) {
            retryFor = afterRefusal(requests, e, refusals, pending);
        } catch (IOException e) {
            retryFor = e;
        }
        if (retryFor != null) {
            outage.pause(retryFor);
            metrics.retried(retried.size());
            pending.push(retried);
        }
    }

    /** Returns the reason to send all of it again, or null if it was dealt with. */
    private static @Nullable IOException afterRefusal(
            List<RowRequest> requests, RefusedException error, Refusals refusals, Deque<List<RowRequest>> pending)
            throws IOException {
        if (error.answer().verdict() == Verdict.TRANSIENT) {
            return error;
        }
        if (error.answer().status() != TOO_LARGE) {
            throw FatalException.answered(error);
        }
        int half = requests.size() / 2;
        if (half == 0) {
            refusals.add(requests.get(0), error.answer());
        } else {
            pending.push(requests.subList(half, requests.size()));
            pending.push(requests.subList(0, half));
        }
        return null;
    }

    /** What came of a bulk: the items that found Elasticsearch too busy, and its words; null if there are none. */
    private record Judgement(
            List<RowRequest> busy, @Nullable IOException cause) {}

    private Judgement judge(List<RowRequest> requests, List<ItemAnswer> answers, Refusals refusals) throws IOException {
        List<RowRequest> busy = new ArrayList<>();
        IOException cause = null;
        for (int i = 0; i < requests.size(); i++) {
            RowRequest request = requests.get(i);
            ItemAnswer answer = answers.get(i);
            switch (answer.verdict()) {
                case WRITTEN -> metrics.written(request.change());
                case STALE -> metrics.stale(request.change());
                case REFUSED -> refusals.add(request, answer);
                case TRANSIENT -> {
                    busy.add(request);
                    cause = new RefusedException("a write to " + request.alias(), answer);
                }
                case FATAL ->
                    throw FatalException.answered(new RefusedException("a write to " + request.alias(), answer));
            }
        }
        return new Judgement(busy, cause);
    }
}
