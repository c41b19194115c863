package io.millrace.common.sink.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Fails as it was told, in turn, and else does what Redis does: takes a write unless it holds a higher version. */
final class ScriptedWrites implements RedisWrites {

    final List<List<String>> batches = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    final Map<String, Long> held = new TreeMap<>();
    boolean closed;

    private final Deque<Function<List<VersionedWrite>, CompletableFuture<List<Answer>>>> turns = new ArrayDeque<>();
    private final LongSupplier clock;

    ScriptedWrites(LongSupplier clock) {
        this.clock = clock;
    }

    static Throwable away() {
        return new RedisConnectionException("connection refused");
    }

    static Throwable badVersion() {
        return new RedisCommandExecutionException("BADVERSION the version key holds canary");
    }

    static Throwable noAuth() {
        return new RedisCommandExecutionException("NOAUTH Authentication required.");
    }

    /** The next batch: the error of each write, null for none. */
    void then(@Nullable Throwable... errors) {
        turns.add(writes -> {
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < writes.size(); i++) {
                answers.add(errors[i] == null ? take(writes.get(i)) : Answer.failed(errors[i]));
            }
            return CompletableFuture.completedFuture(answers);
        });
    }

    void thenAllFail(int batches, Throwable error) {
        for (int i = 0; i < batches; i++) {
            turns.add(writes -> CompletableFuture.completedFuture(
                    writes.stream().map(write -> Answer.failed(error)).toList()));
        }
    }

    void thenBreak(Throwable error) {
        turns.add(writes -> CompletableFuture.failedFuture(error));
    }

    @Override
    public CompletableFuture<List<Answer>> apply(List<VersionedWrite> writes) {
        batches.add(writes.stream()
                .map(write -> write.key() + "@" + write.version())
                .toList());
        times.add(clock.getAsLong());
        return turns.isEmpty()
                ? CompletableFuture.completedFuture(
                        writes.stream().map(this::take).toList())
                : turns.poll().apply(writes);
    }

    private Answer take(VersionedWrite write) {
        if (held.getOrDefault(write.key(), -1L) > write.version()) {
            return Answer.STALE;
        }
        held.put(write.key(), write.version());
        return Answer.APPLIED;
    }

    @Override
    public void close() {
        closed = true;
    }
}
