package io.millrace.common.sink.redis;

import static io.millrace.common.sink.redis.ScriptedWrites.away;
import static io.millrace.common.sink.redis.ScriptedWrites.badVersion;
import static io.millrace.common.sink.redis.ScriptedWrites.noAuth;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.event.Operation;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.FailurePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer does about an answer of Redis. */
@Timeout(30)
class RedisWriterTest {

    private final WriterBench bench = new WriterBench();

    @Test
    void sendsOnlyWhatFailedAgain() throws Exception {
        bench.redis.then(null, away(), null);

        bench.writeAll(Rows.row(1, 1), Rows.row(2, 2), Rows.row(3, 3));

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1", "u:2@2", "u:3@3"), List.of("u:2@2"));
        assertThat(bench.counted("recordsOut")).isEqualTo(3);
        assertThat(bench.retried()).isEqualTo(1);
        assertThat(bench.letters.letters).isEmpty();
    }

    @Test
    void pausesLongerAfterEveryFailureUpToTheLongestPause() throws Exception {
        bench.redis.thenAllFail(5, away());

        bench.writeAll(Rows.row(1, 1));

        assertThat(bench.redis.times).containsExactly(0L, 100L, 300L, 700L, 1_100L, 1_500L);
        assertThat(bench.redis.held).containsOnlyKeys("u:1");
        assertThat(bench.retried()).isEqualTo(5);
    }

    @Test
    void givesUpWhenItsPatienceEndsAndLosesNothing() throws Exception {
        bench.patience = Duration.ofSeconds(1);
        bench.redis.thenAllFail(100, away());
        RedisWriter writer = bench.writing(Rows.row(1, 1));

        assertThatThrownBy(() -> writer.flush(true)).rootCause().hasMessage("connection refused");
        assertThat(bench.redis.times).last().isEqualTo(1_100L);
        assertThat(bench.letters.letters).isEmpty();
        assertThat(bench.counted("recordsOut")).isZero();
    }

    @Test
    void failsAtOnceWithARemedyWhereEveryWriteWouldFail() throws Exception {
        bench.redis.then(null, noAuth());
        RedisWriter writer = bench.writing(Rows.row(1, 1), Rows.row(2, 2));

        assertThatThrownBy(() -> writer.flush(true))
                .rootCause()
                .isInstanceOf(IOException.class)
                .hasMessage("redis at redis://127.0.0.1:1 refuses to be written: NOAUTH Authentication required.; give"
                        + " a password to the redis target");
        assertThat(bench.redis.batches).hasSize(1);
        assertThat(bench.letters.letters).isEmpty();
    }

    @Test
    void failsIfTheClientItselfFails() throws Exception {
        bench.redis.thenBreak(new IllegalStateException("a mistake"));
        RedisWriter writer = bench.writing(Rows.row(1, 1));

        assertThatThrownBy(() -> writer.flush(true)).hasRootCauseMessage("a mistake");
    }

    @Test
    void putsAsideWhatRedisRefusesForWhatItIs() throws Exception {
        bench.redis.then(null, badVersion(), away());

        bench.writeAll(Rows.row(1, 1), Rows.row(2, 2), Rows.row(3, 3));

        assertThat(bench.redis.held).containsOnlyKeys("u:1", "u:3");
        DeadLetter letter = bench.letters.letters.get(0);
        assertThat(bench.letters.letters).hasSize(1);
        assertThat(letter.record().key()).isEqualTo("{\"id\":2}".getBytes(UTF_8));
        assertThat(letter.version()).isEqualTo(2);
        assertThat(letter.pipeline()).isEqualTo("cdc-sync");
        assertThat(letter.stage()).isEqualTo("redis.public.users");
        assertThat(letter.errorClass()).isEqualTo("BADVERSION");
        assertThat(bench.counted("deadLettered")).isEqualTo(1);
        assertThat(bench.counted("recordsOut")).isEqualTo(2);
    }

    @Test
    void putsAsideARowThatMakesNoWriteWithoutSendingIt() throws Exception {
        bench.writeAll(
                Rows.row(1, 1),
                Rows.row(2, Rows.key(2), "no JSON"),
                Rows.change(Operation.TRUNCATE, 3, "{}", null, null));

        assertThat(bench.redis.batches).containsExactly(List.of("u:1@1"));
        assertThat(bench.letters.letters).extracting(DeadLetter::version).containsExactly(2L, 3L);
    }

    @Test
    void isNotDoneBeforeTheDeadLetterIsAcknowledged() throws Exception {
        bench.letters.failure = new IOException("Kafka is away");
        bench.redis.then(badVersion());
        RedisWriter writer = bench.writing(Rows.row(1, 1));

        assertThatThrownBy(() -> writer.flush(true)).hasRootCause(bench.letters.failure);
        assertThat(bench.counted("deadLettered")).isZero();
    }

    @Test
    void dropsAndCountsOrFailsWhereThePolicySaysSo() throws Exception {
        bench.policy = FailurePolicy.DROP;
        bench.redis.then(badVersion(), null);
        bench.writeAll(Rows.row(1, 1), Rows.row(2, 2));
        assertThat(bench.counted("dropped")).isEqualTo(1);
        assertThat(bench.counted("recordsOut")).isEqualTo(1);
        assertThat(bench.letters.letters).isEmpty();
    }

    @Test
    void failsWhereThePolicySaysSo() throws Exception {
        bench.policy = FailurePolicy.FAIL;
        bench.redis.then(badVersion());
        RedisWriter writer = bench.writing(Rows.row(1, 1));

        assertThatThrownBy(() -> writer.flush(true)).rootCause().hasMessageStartingWith("redis refused 1 changes");
    }
}
