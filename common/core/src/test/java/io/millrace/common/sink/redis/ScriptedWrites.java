package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.ScanCursor;
import io.millrace.common.replay.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    final Map<String, String> values = new TreeMap<>();
    final List<String> scans = new ArrayList<>();
    final Deque<Optional<Throwable>> scanTurns = new ArrayDeque<>();
    int pageSize = 100;
    boolean closed;

    private final Deque<Function<List<VersionedWrite>, CompletableFuture<List<Answer>>>> turns = new ArrayDeque<>();
    private final LongSupplier clock;
    private Object connection = new Object();

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
        turns.add(writes -> CompletableFuture.completedFuture(answers(writes, errors)));
    }

    private List<Answer> answers(List<VersionedWrite> writes, @Nullable Throwable... errors) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            answers.add(errors[i] == null ? take(writes.get(i)) : Answer.failed(errors[i]));
        }
        return answers;
    }

    void thenAllFail(int batches, Throwable error) {
        for (int i = 0; i < batches; i++) {
            turns.add(writes -> CompletableFuture.completedFuture(
                    writes.stream().map(write -> Answer.failed(error)).toList()));
        }
    }

    /** The next batch is not answered before the test says what with, as {@link #then} does. */
    Runnable thenWait(@Nullable Throwable... errors) {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        turns.add(writes -> gate.thenApply(open -> answers(writes, errors)));
        return () -> gate.complete(null);
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
        long before = held.getOrDefault(write.key(), -1L);
        if (before > write.version() || (write.kind() == VersionedWrite.Kind.SWEEP && before == write.version())) {
            return Answer.STALE;
        }
        held.put(write.key(), write.version());
        byte[] value = write.value();
        values.put(write.key(), value == null ? "deleted" : new String(value, UTF_8));
        return Answer.APPLIED;
    }

    /** Finds the versions of what is held, in pages; a failure breaks the connection. */
    @Override
    public CompletableFuture<KeyPage> scan(String pattern, @Nullable KeyPage last) {
        boolean goesOn = last != null && last.connection() == connection;
        int from = goesOn ? Integer.parseInt(last.cursor().getCursor()) : 0;
        scans.add(pattern + " from " + from);
        times.add(clock.getAsLong());
        Optional<Throwable> turn = scanTurns.poll();
        if (turn != null && turn.isPresent()) {
            connection = new Object();
            return CompletableFuture.failedFuture(turn.get());
        }
        List<byte[]> keys = new ArrayList<>();
        held.keySet().forEach(key -> keys.add(VersionedWrite.versionKey(key)));
        int to = Math.min(from + pageSize, keys.size());
        ScanCursor cursor = to == keys.size() ? null : ScanCursor.of(String.valueOf(to));
        return CompletableFuture.completedFuture(new KeyPage(keys.subList(from, to), cursor, connection));
    }

    @Override
    public CompletableFuture<List<@Nullable String>> versions(List<String> keys) {
        return CompletableFuture.completedFuture(keys.stream()
                .map(held::get)
                .<@Nullable String>map(version -> version == null ? null : Version.toText(version))
                .toList());
    }

    @Override
    public void close() {
        closed = true;
    }
}
