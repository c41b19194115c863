package io.millrace.common.sink.redis;

import io.millrace.common.event.RowChange;
import io.millrace.common.failure.DeadLetterQueue;
import io.millrace.common.failure.Refusal;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
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

    private RedisWriter(
            RedisConfig config,
            RowChangeConverter converter,
            RefusedChanges refusedChanges,
            RedisWrites redis,
            TargetMetrics metrics,
            WriterInitContext context,
            Collection<BufferedRequestState<RedisEntry>> restored) {
        super(converter, context, configuration(config), restored);
        this.config = config;
        this.refusedChanges = refusedChanges;
        this.redis = redis;
        this.metrics = metrics;
        this.mailbox = context.getMailboxExecutor();
        this.time = context.getProcessingTimeService();
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
                .setRequestTimeoutMS(answerDeadline(config).toMillis())
                .setFailOnTimeout(false)
                .build();
    }

    /** Later than every answer, time-outs included: the base class' own deadline is a last resort. */
    static Duration answerDeadline(RedisConfig config) {
        return config.connection()
                .requestTimeout()
                .multipliedBy(3)
                .plus(config.backoff().longest())
                .plusMinutes(5);
    }

    @Override
    protected void submitRequestEntries(List<RedisEntry> entries, ResultHandler<RedisEntry> handler) {
        List<Refusal> refused = new ArrayList<>();
        List<RedisEntry> sent = new ArrayList<>(entries.size());
        List<VersionedWrite> writes = new ArrayList<>(entries.size());
        for (RedisEntry entry : entries) {
            VersionedWrite write = entry.write();
            Refusal refusal = entry.refusal();
            if (write != null) {
                sent.add(entry);
                writes.add(write);
            } else if (refusal != null) {
                refused.add(refusal);
            }
        }
        CompletableFuture<?> unused = redis.apply(writes)
                .whenComplete((answers, error) -> inTaskThread(() -> {
                    if (error != null) {
                        throw new IOException("the client of redis failed", error);
                    }
                    settle(sent, answers, refused, handler);
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
            List<RedisEntry> sent, List<Answer> answers, List<Refusal> refused, ResultHandler<RedisEntry> handler)
            throws IOException {
        List<RedisEntry> again = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            RedisEntry entry = sent.get(i);
            Throwable error = answers.get(i).error();
            if (error == null) {
                count(entry, answers.get(i));
                continue;
            }
            switch (RedisErrors.kindOf(error)) {
                case DATA ->
                    refused.add(new Refusal(entry.change(), RedisErrors.nameOf(error), RedisErrors.describe(error)));
                case TRANSIENT -> again.add(orGiveUp(entry, error));
                case FATAL ->
                    throw new IOException("redis at " + config.connection().uri() + " refuses to be written: "
                            + RedisErrors.describe(error) + "; " + RedisErrors.remedyFor(error));
            }
        }
        refusedChanges.accept(refused);
        finish(again, handler);
    }

    private void count(RedisEntry entry, Answer answer) {
        if (answer.applied()) {
            metrics.written(entry.change());
        } else {
            metrics.stale(entry.change());
        }
    }

    private RedisEntry orGiveUp(RedisEntry entry, Throwable error) throws IOException {
        long now = time.getCurrentProcessingTime();
        entry.failedAt(now);
        Duration failing = Duration.ofMillis(now - entry.failingSince());
        if (failing.compareTo(config.backoff().giveUpAfter()) >= 0) {
            throw new IOException(
                    "redis at " + config.connection().uri() + " has not taken a write for " + failing.toSeconds()
                            + " s and " + entry.failed() + " attempts: " + RedisErrors.describe(error)
                            + "; the job starts again from its last checkpoint and loses nothing; see why Redis is"
                            + " down, or raise the target's give-up-after",
                    error);
        }
        return entry;
    }

    private void finish(List<RedisEntry> again, ResultHandler<RedisEntry> handler) {
        if (again.isEmpty()) {
            handler.complete();
            return;
        }
        metrics.retried(again.size());
        int failed = again.stream().mapToInt(RedisEntry::failed).max().orElse(1);
        long resume = time.getCurrentProcessingTime() + config.backoff().pauseMillis(failed);
        ScheduledFuture<?> unused = time.registerTimer(resume, now -> handler.retryForEntries(again));
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
