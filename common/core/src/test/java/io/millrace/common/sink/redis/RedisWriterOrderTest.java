package io.millrace.common.sink.redis;

import static io.millrace.common.sink.redis.ScriptedWrites.away;
import static io.millrace.common.sink.redis.ScriptedWrites.badVersion;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.RowChange;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two changes of one row with one version: the later one stays, whichever is repeated. */
@Timeout(30)
class RedisWriterOrderTest {

    private static final RowChange EARLIER = named("earlier");
    private static final RowChange LATER = named("later");

    /** Large enough to stay open for what comes back after two failures, which make batches smaller. */
    private static final int BATCH = 8;

    private final WriterBench bench = new WriterBench();

    private static RowChange named(String name) {
        return Rows.row(5, Rows.key(1), "{\"name\":\"" + name + "\"}");
    }

    /** Returns a writer that has written one batch: until then it has only one in flight. */
    private RedisWriter warm(int batch) throws Exception {
        bench.batching = new Batching(batch, 10_000, 2, 100, Duration.ofMillis(20));
        RedisWriter writer = bench.open(bench.task, List.of());
        for (int i = 0; i < batch; i++) {
            writer.write(Rows.row(1, 100 + i), null);
        }
        bench.task.pass(0);
        bench.redis.batches.clear();
        return writer;
    }

    private static void write(RedisWriter writer, RowChange... changes) throws Exception {
        for (RowChange change : changes) {
            writer.write(change, null);
        }
    }

    private void assertHeld(String name) {
        assertThat(bench.redis.values).containsEntry("u:1", "{\"name\":\"" + name + "\"}");
    }

    private void assertSent(int writes) {
        assertThat(bench.redis.batches.stream().flatMap(List::stream))
                .hasSize(writes)
                .containsOnly("u:1@5");
    }

    /** The control: nothing but the writer keeps the order, because Redis takes an equal version. */
    @Test
    void wouldEndWithTheEarlierOneIfThatWereSentAgain() {
        RowChangeConverter converter = new RowChangeConverter(
                RedisConfig.of("redis://127.0.0.1:1", List.of(RedisRoute.write(Rows.TABLE, "u:{id}"))));
        bench.redis.apply(List.of(converter.convert(LATER).write())).join();
        bench.redis.apply(List.of(converter.convert(EARLIER).write())).join();

        assertHeld("earlier");
    }

    @Test
    void doesNotRepeatAWriteThatALaterBatchMadeNeedless() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());

        write(writer, EARLIER, LATER);
        writer.flush(true);

        assertHeld("later");
        assertSent(2);
        assertThat(bench.counted("recordsOut")).isEqualTo(2);
        assertThat(bench.counted("stale")).isEqualTo(1);
    }

    @Test
    void doesNotRepeatAWriteThatWasFollowedInItsOwnBatch() throws Exception {
        RedisWriter writer = warm(2);
        bench.redis.then(away(), null);

        write(writer, EARLIER, LATER);
        writer.flush(true);

        assertHeld("later");
        assertSent(2);
    }

    @Test
    void keepsTheInsertAfterADelete() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());

        write(writer, Rows.delete(5, 1), LATER);
        writer.flush(true);

        assertHeld("later");
    }

    @Test
    void keepsTheDeleteAfterAnInsert() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());

        write(writer, LATER, Rows.delete(5, 1));
        writer.flush(true);

        assertThat(bench.redis.values).containsEntry("u:1", "deleted");
    }

    @Test
    void endsWithTheLaterOneWhenBothFailed() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.thenAllFail(5, away());

        write(writer, EARLIER, LATER);
        writer.flush(true);

        assertHeld("later");
        assertThat(bench.counted("recordsOut") - 1 + bench.counted("stale")).isEqualTo(2);
    }

    @Test
    void writesTheEarlierOneWhenTheLaterOneIsRefused() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());
        bench.redis.then(badVersion());

        write(writer, EARLIER, LATER);
        writer.flush(true);

        assertHeld("earlier");
        assertThat(bench.letters.letters).hasSize(1);
        assertThat(bench.counted("stale")).isZero();
    }

    @Test
    void holdsARepeatBackUntilTheLaterOneIsAnswered() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());
        Runnable answer = bench.redis.thenWait((Throwable) null);
        write(writer, EARLIER, LATER);

        bench.task.pass(150);
        bench.task.pass(150);
        assertSent(2);
        answer.run();
        writer.flush(true);

        assertHeld("later");
        assertSent(2);
        assertThat(bench.counted("stale")).isEqualTo(1);
        assertThat(bench.retried()).isEqualTo(1);
    }

    @Test
    void repeatsWhatItHeldBackWhenTheLaterOneIsRefused() throws Exception {
        RedisWriter writer = warm(1);
        bench.redis.then(away());
        Runnable answer = bench.redis.thenWait(badVersion());
        write(writer, EARLIER, LATER);
        bench.task.pass(150);
        assertSent(2);

        answer.run();
        writer.flush(true);

        assertHeld("earlier");
        assertSent(3);
    }

    @Test
    void doesNotSaveARepeatThatIsNeedless() throws Exception {
        RedisWriter writer = warm(BATCH);
        bench.redis.then(withFirst(away()));
        writeFilled(writer, EARLIER);
        writeFilled(writer, LATER);
        writer.flush(false);
        List<BufferedRequestState<RedisEntry>> saved = writer.snapshotState(1);
        assertThat(saved.get(0).getBufferedRequestEntries()).isEmpty();

        restore(saved);

        assertHeld("later");
    }

    @Test
    void savesRepeatsInTheOrderTheyWereSubmittedIn() throws Exception {
        RedisWriter writer = warm(BATCH);
        bench.redis.then(withFirst(away()));
        bench.redis.then(withFirst(away()));
        writeFilled(writer, EARLIER);
        writeFilled(writer, LATER);
        writer.flush(false);
        List<BufferedRequestState<RedisEntry>> saved = writer.snapshotState(1);
        assertThat(saved.get(0).getBufferedRequestEntries())
                .extracting(wrapped -> wrapped.getRequestEntry().change())
                .containsExactly(EARLIER, LATER);

        restore(saved);

        assertHeld("later");
    }

    /** Writes a whole batch that begins with this change. */
    private static void writeFilled(RedisWriter writer, RowChange first) throws Exception {
        write(writer, first);
        for (int i = 1; i < BATCH; i++) {
            write(writer, Rows.row(5, 100 + i));
        }
    }

    private static Throwable[] withFirst(Throwable error) {
        Throwable[] errors = new Throwable[BATCH];
        errors[0] = error;
        return errors;
    }

    private void restore(List<BufferedRequestState<RedisEntry>> saved) throws Exception {
        bench.open(new ManualTask(), saved).flush(true);
    }
}
