package io.millrace.common.sink.redis;

import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Deletes invalidated keys once more, some time after the first delete: a reader that had read the old row from the
 * database by then has put it back meanwhile. A checkpoint keeps those that are still to come; restored, both deletes
 * are done. Everything but the asking happens in the task's thread.
 */
final class SecondDeletes {

    private final RedisConfig config;
    private final RedisWrites redis;
    private final TargetMetrics metrics;
    private final ProcessingTimeService time;
    private final Consumer<ThrowingRunnable<? extends Exception>> inTaskThread;
    private final Map<String, Duration> delays = new HashMap<>();
    private final Set<RedisEntry> pending = Collections.newSetFromMap(new IdentityHashMap<>());

    SecondDeletes(
            RedisConfig config,
            RedisWrites redis,
            TargetMetrics metrics,
            ProcessingTimeService time,
            Consumer<ThrowingRunnable<? extends Exception>> inTaskThread) {
        this.config = config;
        this.redis = redis;
        this.metrics = metrics;
        this.time = time;
        this.inTaskThread = inTaskThread;
        for (RedisRoute route : config.routes()) {
            Duration delay = route.deleteAgainAfter();
            if (delay != null) {
                delays.put(route.table(), delay);
            }
        }
    }

    /** Takes writes that Redis has done. */
    void after(List<RedisBatch.Sent> done) {
        Map<Duration, List<RedisBatch.Sent>> later = new HashMap<>();
        for (RedisBatch.Sent sent : done) {
            Duration delay = delays.get(sent.entry().change().table());
            if (delay != null) {
                pending.add(sent.entry());
                later.computeIfAbsent(delay, unknown -> new ArrayList<>()).add(sent);
            }
        }
        later.forEach(
                (delay, deletes) -> at(time.getCurrentProcessingTime() + delay.toMillis(), () -> delete(deletes)));
    }

    /** Returns those that are still to come. */
    List<RedisEntry> pending() {
        return List.copyOf(pending);
    }

    boolean isDone() {
        return pending.isEmpty();
    }

    private void at(long when, ThrowingRunnable<? extends Exception> action) {
        ScheduledFuture<?> unused = time.registerTimer(when, now -> action.run());
    }

    private void delete(List<RedisBatch.Sent> deletes) {
        List<VersionedWrite> writes =
                deletes.stream().map(RedisBatch.Sent::write).toList();
        CompletableFuture<?> unused = redis.apply(writes)
                .whenComplete((answers, error) -> inTaskThread.accept(() -> {
                    if (error != null) {
                        throw new IOException("the client of redis failed", error);
                    }
                    settle(deletes, answers);
                }));
    }

    /** A newer version, or another kind of value, is none that a reader has put back: it stays. */
    private void settle(List<RedisBatch.Sent> deletes, List<Answer> answers) throws IOException {
        List<RedisBatch.Sent> again = new ArrayList<>();
        int attempts = 0;
        for (int i = 0; i < deletes.size(); i++) {
            RedisEntry entry = deletes.get(i).entry();
            Throwable error = answers.get(i).error();
            if (error == null || RedisErrors.kindOf(error) == ErrorKind.DATA) {
                pending.remove(entry);
            } else {
                RedisFailures.requirePatience(config, entry, error, time.getCurrentProcessingTime());
                attempts = Math.max(attempts, entry.failed());
                again.add(deletes.get(i));
            }
        }
        if (!again.isEmpty()) {
            metrics.retried(again.size());
            at(time.getCurrentProcessingTime() + config.backoff().pauseMillis(attempts), () -> delete(again));
        }
    }
}
