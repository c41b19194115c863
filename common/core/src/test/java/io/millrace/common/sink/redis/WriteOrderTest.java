package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.sink.redis.WriteOrder.Turn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteOrderTest {

    private final WriteOrder order = new WriteOrder();
    private final VersionedWrite write = write("k", 5);
    private final RedisEntry first = entry(write);
    private final RedisEntry second = entry(write);

    private static VersionedWrite write(String key, long version) {
        return VersionedWrite.set(key, "1".getBytes(UTF_8), version, null, Duration.ofHours(1));
    }

    private static RedisEntry entry(VersionedWrite write) {
        return RedisEntry.of(Rows.row(write.version(), 1), write);
    }

    @Test
    void letsWritesFollowEachOther() {
        assertThat(order.next(first, write)).isEqualTo(Turn.NOW);
        assertThat(order.next(second, write)).isEqualTo(Turn.NOW);
    }

    @Test
    void remembersNothingOfWhatIsDone() {
        order.next(first, write);
        order.next(second, write);
        order.failed(first, write);
        order.done(second, write, true);
        assertThat(order.size()).isEqualTo(1);

        assertThat(order.next(first, write)).isEqualTo(Turn.NEVER);
        assertThat(order.size()).isZero();
    }

    @Test
    void leavesOtherVersionsAndOtherKeysToRedis() {
        VersionedWrite higher = write("k", 6);
        VersionedWrite elsewhere = write("other", 5);
        order.next(first, write);
        order.failed(first, write);
        order.next(entry(higher), higher);
        order.next(entry(elsewhere), elsewhere);

        assertThat(order.next(first, write)).isEqualTo(Turn.NOW);
    }

    @Test
    void lateAnswersToAWriteThatIsDoneChangeNothing() {
        order.next(first, write);
        order.done(first, write, false);

        order.failed(first, write);
        order.done(first, write, true);

        assertThat(order.size()).isZero();
        assertThat(order.next(second, write)).isEqualTo(Turn.NOW);
    }
}
