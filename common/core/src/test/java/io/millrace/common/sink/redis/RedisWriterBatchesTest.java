package io.millrace.common.sink.redis;

import static io.millrace.common.sink.redis.ScriptedWrites.away;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer sends together, keeps for later, and lets go. */
@Timeout(30)
class RedisWriterBatchesTest {

    private final WriterBench bench = new WriterBench();

    @Test
    void sendsAFullBatchAtOnceAndTheRestWhenItsTimeIsUp() throws Exception {
        RedisWriter writer = bench.writing(Rows.row(1, 1), Rows.row(2, 2), Rows.row(3, 3), Rows.row(4, 4));
        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1", "u:2@2", "u:3@3"));

        bench.task.pass(20);

        assertThat(bench.redis.batches).hasSize(2).last().isEqualTo(List.of("u:4@4"));
        assertThat(bench.counted("recordsOut")).isEqualTo(4);
        writer.close();
    }

    @Test
    void doesNotLetARepeatedWriteOvertakeANewerOne() throws Exception {
        bench.batching = new Batching(2, 10_000, 2, 100, Duration.ofMillis(20));
        RedisWriter writer = bench.writing(Rows.row(1, 1), Rows.row(2, 2));
        bench.task.pass(0);
        bench.redis.then(away(), null);
        for (RowChange change : List.of(Rows.row(3, 7), Rows.row(4, 8), Rows.row(5, 7), Rows.row(6, 9))) {
            writer.write(change, null);
        }
        writer.flush(true);

        assertThat(bench.redis.batches)
                .containsExactly(
                        List.of("u:1@1", "u:2@2"),
                        List.of("u:7@3", "u:8@4"),
                        List.of("u:7@5", "u:9@6"),
                        List.of("u:7@3"));
        assertThat(bench.redis.held).containsEntry("u:7", 5L);
        assertThat(bench.counted("stale")).isEqualTo(1);
    }

    @Test
    void savesWhatWaitsAndWritesItAfterARestore() throws Exception {
        bench.redis.then(away(), null, null);
        RedisWriter writer = bench.writing(Rows.row(1, 1), Rows.row(2, 2), Rows.row(3, 3));
        writer.flush(false);
        assertThat(bench.redis.held).containsOnlyKeys("u:2", "u:3");
        List<BufferedRequestState<RedisEntry>> saved = writer.snapshotState(1);
        writer.close();

        bench.open(new ManualTask(), saved).flush(true);

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1", "u:2@2", "u:3@3"), List.of("u:1@1"));
    }

    /** The task may wait for another operator after this one's flush, and die after the checkpoint. */
    @Test
    void savesWhatIsSentBetweenTheFlushOfACheckpointAndItsState() throws Exception {
        bench.redis.thenWait();
        RedisWriter writer = bench.writing(Rows.row(1, 1));
        writer.flush(false);
        assertThat(bench.redis.batches).as("its time is not up").isEmpty();
        bench.task.pass(20);
        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1"));
        List<BufferedRequestState<RedisEntry>> saved = writer.snapshotState(1);
        assertThat(bench.redis.held).as("the answer never comes").isEmpty();

        bench.open(new ManualTask(), saved).flush(true);

        assertThat(bench.redis.held).containsOnlyKeys("u:1");
    }

    @Test
    void savesNothingOfWhatIsAnswered() throws Exception {
        Runnable answer = bench.redis.thenWait((Throwable) null);
        RedisWriter writer = bench.writing(Rows.row(1, 1));
        bench.task.pass(20);
        answer.run();
        bench.task.pass(0);

        assertThat(writer.snapshotState(1))
                .allSatisfy(
                        state -> assertThat(state.getBufferedRequestEntries()).isEmpty());
        writer.close();
    }

    @Test
    void sendsARowThatIsLargerThanABatchByItself() throws Exception {
        bench.batching = new Batching(3, 300, 2, 100, Duration.ofMillis(20));
        String large = "{\"a\":\"" + "x".repeat(800) + "\"}";

        bench.writeAll(Rows.row(1, 1), Rows.row(2, Rows.key(2), large), Rows.row(3, 3));

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1"), List.of("u:2@2"), List.of("u:3@3"));
    }

    @Test
    void closesItsClientAndItsLetters() throws Exception {
        bench.open(bench.task, List.of()).close();

        assertThat(bench.redis.closed).isTrue();
        assertThat(bench.letters.closed).isTrue();
    }
}
