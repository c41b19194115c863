package io.millrace.common.sink.redis;

import static io.millrace.common.sink.redis.ScriptedWrites.away;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer deletes a second time. */
@Timeout(30)
class SecondDeletesTest {

    private static final long DELAY = 5_000;

    private final WriterBench bench = new WriterBench();

    @BeforeEach
    void deleteAgain() {
        bench.route = RedisRoute.invalidate(Rows.TABLE, "u:{id}").deletingAgainAfter(Duration.ofMillis(DELAY));
    }

    @Test
    void deletesOnceMoreAfterTheDelay() throws Exception {
        bench.writeAll(Rows.row(1, 1), Rows.delete(2, 2));

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1", "u:2@2"), List.of("u:1@1", "u:2@2"));
        assertThat(bench.redis.times).containsExactly(0L, DELAY);
        assertThat(bench.counted("recordsOut"))
                .as("each change is written once")
                .isEqualTo(2);
    }

    @Test
    void doesNotDoSoUnlessItIsTold() throws Exception {
        bench.route = RedisRoute.invalidate(Rows.TABLE, "u:{id}");
        bench.writeAll(Rows.row(1, 1));

        assertThat(bench.redis.batches).hasSize(1);
    }

    /** A stale delete has deleted nothing: the newer one has its own second. */
    @Test
    void doesNotFollowAStaleDelete() throws Exception {
        bench.redis.held.put("u:1", 9L);
        bench.writeAll(Rows.row(1, 1));

        assertThat(bench.redis.batches).hasSize(1);
    }

    @Test
    void isTriedAgainUntilItSucceeds() throws Exception {
        bench.redis.then((Throwable) null);
        bench.redis.thenAllFail(2, away());
        bench.writeAll(Rows.row(1, 1));

        assertThat(bench.redis.times).containsExactly(0L, DELAY, DELAY + 100, DELAY + 300);
        assertThat(bench.retried()).isEqualTo(2);
    }

    @Test
    void givesUpWhenPatienceEnds() throws Exception {
        bench.patience = Duration.ofSeconds(1);
        bench.redis.then((Throwable) null);
        bench.redis.thenAllFail(100, away());
        RedisWriter writer = bench.writing(Rows.row(1, 1));

        assertThatThrownBy(() -> writer.flush(true)).rootCause().hasMessage("connection refused");
    }

    /** Restored, the key is deleted at once, and once more. */
    @Test
    void isKeptInACheckpoint() throws Exception {
        RedisWriter writer = bench.writing(Rows.row(1, 1));
        writer.flush(false);
        List<BufferedRequestState<RedisEntry>> state = writer.snapshotState(1);
        bench.redis.batches.clear();

        RedisWriter restored = bench.open(new ManualTask(), state);
        restored.flush(true);

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1"), List.of("u:1@1"));
    }

    @Test
    void leavesTheCheckpointWhenItIsDone() throws Exception {
        RedisWriter writer = bench.writing(Rows.row(1, 1));
        writer.flush(true);

        assertThat(writer.snapshotState(1))
                .allMatch(state -> state.getBufferedRequestEntries().isEmpty());
    }
}
