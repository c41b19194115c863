package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptCallTest {

    private static final boolean ONE_REDIS = false;
    private static final boolean CLUSTER = true;

    @Test
    void takesManyWritesOfOneRedisTogether() {
        List<VersionedWrite> writes = writes(100, 10);

        List<ScriptCall> calls = ScriptCall.of(writes, ONE_REDIS);

        assertThat(calls).extracting(call -> call.writes().size()).containsExactly(64, 36);
        assertThat(calls).flatExtracting(ScriptCall::writes).containsExactlyElementsOf(writes);
    }

    @Test
    void keepsRedisFromLongCalls() {
        List<ScriptCall> calls = ScriptCall.of(writes(5, 100 << 10), ONE_REDIS);

        assertThat(calls).extracting(call -> call.writes().size()).containsExactly(2, 2, 1);
    }

    @Test
    void sendsAWriteByItselfThatIsLargerThanACall() {
        assertThat(ScriptCall.of(writes(2, 1 << 20), ONE_REDIS)).hasSize(2);
    }

    @Test
    void separatesTheSlotsOfACluster() {
        List<VersionedWrite> writes = List.of(write("{a}1", 1), write("{b}1", 1), write("{a}2", 1));

        List<ScriptCall> calls = ScriptCall.of(writes, CLUSTER);

        assertThat(calls)
                .extracting(ScriptCall::writes)
                .containsExactly(List.of(writes.get(0), writes.get(2)), List.of(writes.get(1)));
    }

    @Test
    void givesEachWriteItsOwnAnswer() {
        List<VersionedWrite> writes = List.of(write("{a}1", 1), write("{b}1", 1), write("{a}2", 1));
        Answer[] answers = new Answer[3];
        Answer failed = Answer.failed(new IllegalStateException());

        List<ScriptCall> calls = ScriptCall.of(writes, CLUSTER);
        calls.get(0).place(List.of(Answer.APPLIED, failed), answers);
        calls.get(1).place(List.of(Answer.STALE), answers);

        assertThat(answers).containsExactly(Answer.APPLIED, Answer.STALE, failed);
    }

    private static List<VersionedWrite> writes(int count, int bytes) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> write("key" + i, bytes)).toList());
    }

    private static VersionedWrite write(String key, int bytes) {
        return VersionedWrite.set(key, new byte[bytes], 1, null, Duration.ZERO);
    }
}
