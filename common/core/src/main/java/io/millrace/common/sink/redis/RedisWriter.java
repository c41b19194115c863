package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.Refusal;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Writes batches. Redis answers on a thread of its client; everything that follows from an answer happens in the
 * task's thread. A batch counts as in flight until its refused changes are dead letters and the pause before a repeat
 * is over, so a checkpoint covers nothing that is still open.
 */
final class RedisWriter extends AsyncSinkWriter<RowChange, RedisEntry> {

    private final RedisConfig config;
    private final RefusedChanges refusedChanges;
    private final RedisWrites redis;
    private final TargetMetrics metrics;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final RedisSweeps sweeps;
    private final SecondDeletes secondDeletes;
    private final WriteOrder order = new WriteOrder();
    private final Set<List<RedisEntry>> unanswered = Collections.newSetFromMap(new IdentityHashMap<>());

    private RedisWriter(
            RedisConfig config,
            RowChangeConverter converter,
            RefusedChanges refusedChanges,
            RedisWrites redis,
            TargetMetrics metrics,
            WriterInitContext context,
            Collection<BufferedRequestState<RedisEntry>> restored) {
        super(converter, context, configuration(config), SweepState.without(restored));
        this.config = config;
        this.refusedChanges = refusedChanges;
        this.redis = redis;
        this.metrics = metrics;
        this.mailbox = context.getMailboxExecutor();
        this.time = context.getProcessingTimeService();
        this.sweeps = new RedisSweeps(config, redis, metrics, refusedChanges, time, this::inTaskThread);
        this.secondDeletes = new SecondDeletes(config, redis, metrics, time, this::inTaskThread);
        SweepState.in(restored).forEach(sweeps::add);
    }

    static RedisWriter open(
            RedisConfig config,
            RowChangeConverter converter,
            DeadLetterQueue deadLetters,
            String pipeline,
            RedisWritesProvider provider,
            WriterInitContext context,
            Collection<BufferedRequestState<RedisEntry>> restored)
            throws IOException {
        ProcessingTimeService time = context.getProcessingTimeService();
        TargetMetrics metrics =
                new TargetMetrics(context.metricGroup(), RedisTarget.NAME, time::getCurrentProcessingTime);
        RefusedChanges refused =
                RefusedChanges.open(config.refused(), deadLetters, pipeline, RedisTarget.NAME, metrics);
        RedisWrites redis = provider.open(config.connection());
        return new RedisWriter(config, converter, refused, redis, metrics, context, restored);
    }

    private static AsyncSinkWriterConfiguration configuration(RedisConfig config) {
        RedisConfig.Batching batching = config.batching();
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(batching.maxEntries())
                .setMaxBatchSizeInBytes(batching.maxBytes())
                .setMaxInFlightRequests(batching.maxInFlight())
                .setMaxBufferedRequests(batching.maxBuffered())
                .setMaxTimeInBufferMS(batching.linger().toMillis())
                .setMaxRecordSizeInBytes(batching.maxBytes())
                .setRequestTimeoutMS(config.answerDeadline().toMillis())
                .setFailOnTimeout(false)
                .build();
    }

    /** A sweep comes after all that came before it. */
    @Override
    public void write(RowChange change, Context context) throws IOException, InterruptedException {
        if (change.isSweep()) {
            super.flush(true);
            sweeps.add(change);
        } else {
            super.write(change, context);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        super.flush(endOfInput);
        while (endOfInput && !(sweeps.isDone() && secondDeletes.isDone())) {
            mailbox.yield();
        }
    }

    @Override
    protected void submitRequestEntries(List<RedisEntry> entries, ResultHandler<RedisEntry> handler) {
        unanswered.add(entries);
        RedisBatch batch = RedisBatch.of(entries, order);
        batch.superseded().forEach(entry -> metrics.stale(entry.change()));
        CompletableFuture<?> unused = redis.apply(batch.writes())
                .whenComplete((answers, error) -> inTaskThread(() -> {
                    if (error != null) {
                        throw new IOException("the client of redis failed", error);
                    }
                    settle(entries, batch, answers, handler);
                }));
    }

    private void inTaskThread(ThrowingRunnable<? extends Exception> action) {
        try {
            mailbox.execute(action, "settle a batch of writes to redis");
        } catch (RejectedExecutionException e) {
            // The task is over, and with it everything that its last checkpoint does not cover.
            return;
        }
    }

    private void settle(
            List<RedisEntry> entries, RedisBatch batch, List<Answer> answers, ResultHandler<RedisEntry> handler)
            throws IOException {
        List<RedisEntry> failed = new ArrayList<>();
        List<RedisBatch.Sent> applied = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            RedisEntry entry = batch.sent().get(i).entry();
            VersionedWrite write = batch.sent().get(i).write();
            Throwable error = answers.get(i).error();
            if (error == null) {
                order.done(entry, write, answers.get(i).applied());
                count(entry, answers.get(i));
                if (answers.get(i).applied()) {
                    applied.add(batch.sent().get(i));
                }
            } else if (RedisErrors.kindOf(error) == ErrorKind.DATA) {
                order.done(entry, write, false);
                batch.refused()
                        .add(new Refusal(entry.change(), RedisErrors.nameOf(error), RedisErrors.describe(error)));
            } else {
                order.failed(entry, write);
                RedisFailures.requirePatience(config, entry, error, time.getCurrentProcessingTime());
                failed.add(entry);
            }
        }
        secondDeletes.after(applied);
        refusedChanges.accept(batch.refused());
        failed.addAll(batch.held());
        finish(entries, failed, failed.size() - batch.held().size(), handler);
    }

    private void count(RedisEntry entry, Answer answer) {
        if (answer.applied()) {
            metrics.written(entry.change());
        } else {
            metrics.stale(entry.change());
        }
    }

    private void finish(
            List<RedisEntry> entries, List<RedisEntry> again, int failed, ResultHandler<RedisEntry> handler) {
        if (again.isEmpty()) {
            unanswered.remove(entries);
            handler.complete();
            return;
        }
        if (failed > 0) {
            metrics.retried(failed);
        }
        int attempts =
                Math.max(1, again.stream().mapToInt(RedisEntry::failed).max().orElse(1));
        long resume = time.getCurrentProcessingTime() + config.backoff().pauseMillis(attempts);
        ScheduledFuture<?> unused = time.registerTimer(resume, now -> {
            unanswered.remove(entries);
            handler.retryForEntries(again);
        });
    }

    /**
     * Saves what waits, what has no answer yet, and what will be deleted once more: between the flush of a checkpoint and this call, another operator of
     * the same task may wait, and then what waits here is sent when its time is up. Without a repeat that a later write
     * has made needless: restored, it would be the later one.
     */
    @Override
    public List<BufferedRequestState<RedisEntry>> snapshotState(long checkpointId) {
        List<RequestEntryWrapper<RedisEntry>> entries = new ArrayList<>();
        for (List<RedisEntry> sent : unanswered) {
            sent.forEach(entry -> entries.add(new RequestEntryWrapper<>(entry, getSizeInBytes(entry))));
        }
        secondDeletes.pending().forEach(entry -> entries.add(new RequestEntryWrapper<>(entry, getSizeInBytes(entry))));
        super.snapshotState(checkpointId).forEach(state -> entries.addAll(state.getBufferedRequestEntries()));
        List<BufferedRequestState<RedisEntry>> writes =
                List.of(new BufferedRequestState<>(order.stillToWrite(entries)));
        return SweepState.with(sweeps.pending(), writes);
    }

    /** An entry larger than a batch fills one by itself. */
    @Override
    protected long getSizeInBytes(RedisEntry entry) {
        return Math.min(entry.size(), config.batching().maxBytes());
    }

    @Override
    public void close() {
        try (RedisWrites closed = redis;
                RefusedChanges alsoClosed = refusedChanges) {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the dead-letter queue of redis did not close", e);
        }
    }
}
