package io.millrace.common.sink.redis;

import static io.millrace.common.sink.redis.ScriptedWrites.away;
import static io.millrace.common.sink.redis.ScriptedWrites.badVersion;
import static io.millrace.common.sink.redis.ScriptedWrites.noAuth;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.RowChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer does about a sweep. */
@Timeout(30)
class RedisSweepsTest {

    private static final long SNAPSHOT = 100;
    private static final RowChange SWEEP = RowChange.sweep(Rows.TABLE, SNAPSHOT);

    private final WriterBench bench = new WriterBench();

    @Test
    void deletesWhatIsOlderAndLeavesTheRest() throws Exception {
        bench.redis.held.put("u:older", SNAPSHOT - 1);
        bench.redis.held.put("u:of-the-snapshot", SNAPSHOT);
        bench.redis.held.put("u:changed-since", SNAPSHOT + 1);
        bench.redis.held.put("u:%3A", 0L);

        bench.writeAll(SWEEP);

        assertThat(bench.redis.scans).containsExactly("{u:*}:v from 0");
        assertThat(bench.redis.batches).containsExactly(List.of("u:%3A@100", "u:older@100"));
        assertThat(bench.counted("recordsOut")).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatTheTemplateDoesNotMake() throws Exception {
        for (String foreign : List.of("v:1", "u:1:2", "u:{1}", "u:%41", "u:%zz", "u:%3", "u:a b", "U:1")) {
            bench.redis.held.put(foreign, 1L);
        }

        bench.writeAll(SWEEP);

        assertThat(bench.redis.batches).isEmpty();
    }

    @Test
    void comesAfterWhatCameBeforeIt() throws Exception {
        bench.writeAll(Rows.row(5, 1), SWEEP);

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@5"), List.of("u:1@100"));
    }

    @Test
    void walksPageByPageAndHoldsUpNoCheckpoint() throws Exception {
        bench.redis.pageSize = 2;
        for (int id = 0; id < 5; id++) {
            bench.redis.held.put("u:" + id, 1L);
        }
        RedisWriter writer = bench.writing(SWEEP);

        writer.flush(false);
        assertThat(bench.redis.batches).as("the checkpoint does not wait").isEmpty();
        assertThat(sweepsIn(writer.snapshotState(1))).isEqualTo(1);
        writer.flush(true);

        assertThat(bench.redis.scans).hasSize(3);
        assertThat(bench.redis.batches)
                .containsExactly(List.of("u:0@100", "u:1@100"), List.of("u:2@100", "u:3@100"), List.of("u:4@100"));
        assertThat(sweepsIn(writer.snapshotState(2))).isZero();
    }

    @Test
    void isDoneAfterARestoreTogetherWithTheWritesThatWaited() throws Exception {
        bench.redis.held.put("u:9", 1L);
        bench.redis.then(away());
        RedisWriter writer = bench.writing(Rows.row(SNAPSHOT, 1));
        writer.flush(false);
        List<BufferedRequestState<RedisEntry>> saved = new ArrayList<>(writer.snapshotState(1));
        saved.addAll(new WriterBench().writing(SWEEP).snapshotState(1));
        writer.close();

        bench.open(new ManualTask(), saved).flush(true);

        assertThat(bench.redis.held).containsEntry("u:1", SNAPSHOT).containsEntry("u:9", SNAPSHOT);
    }

    @Test
    void countsWhatWasWrittenMeanwhileAsStale() throws Exception {
        bench.redis.held.put("u:1", 1L);
        RedisWriter writer = bench.writing(SWEEP);
        bench.redis.held.put("u:1", SNAPSHOT);
        writer.flush(true);

        assertThat(bench.counted("stale")).isEqualTo(1);
        assertThat(bench.counted("recordsOut")).isZero();
    }

    @Test
    void deletesAgainWhatFailedAndPutsAsideWhatIsRefused() throws Exception {
        bench.redis.held.put("u:1", 1L);
        bench.redis.held.put("u:2", 1L);
        bench.redis.held.put("u:3", 1L);
        bench.redis.then(away(), badVersion(), null);

        bench.writeAll(SWEEP);

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@100", "u:2@100", "u:3@100"), List.of("u:1@100"));
        assertThat(bench.retried()).isEqualTo(1);
        assertThat(bench.letters.letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo("redis.public.users");
            assertThat(letter.record().key()).isEqualTo("{\"key\":\"u:2\"}".getBytes(UTF_8));
        });
    }

    @Test
    void beginsAgainAfterAPauseWhenTheConnectionBreaks() throws Exception {
        bench.redis.pageSize = 1;
        bench.redis.held.put("u:1", 1L);
        bench.redis.held.put("u:2", 1L);
        bench.redis.scanTurns.addAll(List.of(Optional.empty(), Optional.of(away()), Optional.of(away())));

        bench.writeAll(SWEEP);

        assertThat(bench.redis.scans)
                .containsExactly(
                        "{u:*}:v from 0", "{u:*}:v from 1", "{u:*}:v from 0", "{u:*}:v from 0", "{u:*}:v from 1");
        assertThat(bench.redis.batches).containsExactly(List.of("u:1@100"), List.of("u:2@100"));
        assertThat(bench.redis.times).last().isEqualTo(300L);
    }

    @Test
    void givesUpWhenItGetsNoFurtherAndItsPatienceEnds() throws Exception {
        bench.patience = Duration.ofSeconds(1);
        bench.redis.pageSize = 1;
        bench.redis.held.put("u:1", SNAPSHOT);
        bench.redis.held.put("u:2", SNAPSHOT);
        for (int i = 0; i < 100; i++) {
            bench.redis.scanTurns.addAll(List.of(Optional.empty(), Optional.of(away())));
        }
        RedisWriter writer = bench.writing(SWEEP);

        assertThatThrownBy(() -> writer.flush(true)).cause().hasMessageContaining("has not let the sweep of");
    }

    @Test
    void failsAtOnceWithARemedyWhereNobodyCouldGoOn() throws Exception {
        bench.redis.scanTurns.add(Optional.of(noAuth()));
        RedisWriter writer = bench.writing(SWEEP);

        assertThatThrownBy(() -> writer.flush(true))
                .cause()
                .hasMessageContaining("refuses to be swept")
                .hasMessageContaining("give a password");
    }

    @Test
    void hasNothingToDoForATableThatIsNoLongerRouted() throws Exception {
        bench.writeAll(RowChange.sweep("public.gone", 1));

        assertThat(bench.redis.scans).isEmpty();
    }

    private static long sweepsIn(List<BufferedRequestState<RedisEntry>> states) {
        return SweepState.in(states).size();
    }
}
