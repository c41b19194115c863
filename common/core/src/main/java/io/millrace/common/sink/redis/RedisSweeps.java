package io.millrace.common.sink.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Refusal;
import io.millrace.common.failure.RefusedChanges;
import io.millrace.common.metrics.TargetMetrics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps that a writer still has to do, one after the other, page by page beside its other writes: a large table
 * holds up neither changes nor checkpoints. A checkpoint keeps those that are not done; restored, they begin again.
 * Everything but the asking happens in the task's thread.
 */
final class RedisSweeps {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisConfig config;
    private final RedisWrites redis;
    private final TargetMetrics metrics;
    private final RefusedChanges refusedChanges;
    private final ProcessingTimeService time;
    private final Consumer<ThrowingRunnable<? extends Exception>> inTaskThread;
    private final Map<String, RouteKeys> routes = new HashMap<>();
    private final Deque<RowChange> pending = new ArrayDeque<>();
    private @Nullable KeyPage last;
    private @Nullable SweepOutage outage;
    private long pages;
    private long furthest;

    /** What a page holds that a sweep deletes. */
    private record Found(KeyPage page, List<String> keys) {}

    RedisSweeps(
            RedisConfig config,
            RedisWrites redis,
            TargetMetrics metrics,
            RefusedChanges refusedChanges,
            ProcessingTimeService time,
            Consumer<ThrowingRunnable<? extends Exception>> inTaskThread) {
        this.config = config;
        this.redis = redis;
        this.metrics = metrics;
        this.refusedChanges = refusedChanges;
        this.time = time;
        this.inTaskThread = inTaskThread;
        config.routes().forEach(route -> routes.put(route.table(), new RouteKeys(route)));
    }

    /** Returns the sweeps that are not done. */
    List<RowChange> pending() {
        return List.copyOf(pending);
    }

    boolean isDone() {
        return pending.isEmpty();
    }

    /** Takes a sweep; one of a table without a route, which a restored job may have, has nothing to do. */
    void add(RowChange sweep) {
        if (routes.containsKey(sweep.table())) {
            pending.add(sweep);
            if (pending.size() == 1) {
                nextPage();
            }
        }
    }

    private void nextPage() {
        RowChange sweep = pending.element();
        RouteKeys keys = Objects.requireNonNull(routes.get(sweep.table()));
        then(redis.scan(keys.pattern(), last).thenCompose(page -> sweptIn(page, keys, sweep)), (found, error) -> {
            if (error == null) {
                delete(sweep, found.page(), found.keys());
            } else {
                pause(sweep, 1, error, this::nextPage);
            }
        });
    }

    private CompletableFuture<Found> sweptIn(KeyPage page, RouteKeys route, RowChange sweep) {
        List<String> keys = route.among(page.keys());
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(new Found(page, keys));
        }
        return redis.versions(keys).thenApply(versions -> {
            List<String> swept = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                if (route.isSwept(versions.get(i), sweep.version())) {
                    swept.add(keys.get(i));
                }
            }
            return new Found(page, swept);
        });
    }

    private void delete(RowChange sweep, KeyPage page, List<String> keys) throws IOException {
        if (keys.isEmpty()) {
            pass(page);
            return;
        }
        List<VersionedWrite> writes = keys.stream()
                .map(key -> VersionedWrite.sweep(key, sweep.version(), config.versionRetention()))
                .toList();
        then(redis.apply(writes), (answers, error) -> {
            if (error != null) {
                throw new IOException("the client of redis failed", error);
            }
            settle(sweep, page, keys, answers);
        });
    }

    private void settle(RowChange sweep, KeyPage page, List<String> keys, List<Answer> answers) throws IOException {
        List<Refusal> refused = new ArrayList<>();
        List<String> again = new ArrayList<>();
        Throwable cause = null;
        for (int i = 0; i < keys.size(); i++) {
            RowChange row = RowChange.swept(sweep, json(keys.get(i)));
            Throwable error = answers.get(i).error();
            if (error == null) {
                count(row, answers.get(i));
            } else if (RedisErrors.kindOf(error) == ErrorKind.DATA) {
                refused.add(new Refusal(row, RedisErrors.nameOf(error), RedisErrors.describe(error)));
            } else {
                again.add(keys.get(i));
                cause = error;
            }
        }
        refusedChanges.accept(refused);
        if (cause == null) {
            pass(page);
        } else {
            pause(sweep, again.size(), cause, () -> delete(sweep, page, again));
        }
    }

    private void count(RowChange row, Answer answer) {
        if (answer.applied()) {
            metrics.written(row);
        } else {
            metrics.stale(row);
        }
    }

    private void pass(KeyPage page) {
        noteProgress(page);
        last = page;
        if (page.cursor() == null) {
            pending.remove();
            last = null;
            outage = null;
            furthest = 0;
        }
        if (!pending.isEmpty()) {
            nextPage();
        }
    }

    /** An outage ends when the walk gets further than ever: one that is broken again and again gets nowhere. */
    private void noteProgress(KeyPage page) {
        boolean goesOn = last != null && last.connection() == page.connection();
        pages = goesOn ? pages + 1 : 1;
        if (pages > furthest) {
            furthest = pages;
            outage = null;
        }
    }

    /** What a dead letter tells of a row that is known by its key in Redis alone. */
    private static byte[] json(String key) throws IOException {
        return JSON.writeValueAsBytes(Map.of("key", key));
    }

    private void pause(RowChange sweep, int writes, Throwable error, ThrowingRunnable<? extends Exception> action)
            throws IOException {
        if (outage == null) {
            outage = new SweepOutage(config, sweep.table(), time.getCurrentProcessingTime());
        }
        long resume = outage.failed(error, time.getCurrentProcessingTime());
        metrics.retried(writes);
        ScheduledFuture<?> unused = time.registerTimer(resume, now -> action.run());
    }

    /** What is done with an answer, in the task's thread. */
    private interface Next<T> {
        void go(T answer, @Nullable Throwable error) throws Exception;
    }

    private <T> void then(CompletableFuture<T> asked, Next<T> next) {
        CompletableFuture<T> unused =
                asked.whenComplete((answer, error) -> inTaskThread.accept(() -> next.go(answer, error)));
    }
}
