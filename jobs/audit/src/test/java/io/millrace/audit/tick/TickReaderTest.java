package io.millrace.audit.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.CollectedOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

/** Ticks of every partition, as long as Kafka answers. */
class TickReaderTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final CollectedOutput<Tick> output = new CollectedOutput<>();

    @Test
    void ticksOfEachPartition() {
        try (TickReader reader = new TickReader(() -> 3, () -> 41, NEVER, () -> 42)) {
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
            assertThat(reader.isAvailable()).isNotDone();

            reader.tick();

            assertThat(reader.isAvailable()).isDone();
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
            assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
            assertThat(reader.isAvailable()).isNotDone();
            assertThat(output.records()).containsExactly(new Tick(0, 42, 41), new Tick(1, 42, 41), new Tick(2, 42, 41));
            assertThat(reader.snapshotState(1)).isEmpty();
        }
    }

    @Test
    void wakesWhoeverWaits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TickReader reader = new TickReader(asked::incrementAndGet, () -> 41, Duration.ofMillis(1), () -> 42)) {
            var waiting = reader.isAvailable();
            reader.start();

            waiting.get(30, TimeUnit.SECONDS);
            reader.pollNext(output);
            assertThat(output.records()).containsExactly(new Tick(0, 42, 41));
        }
    }

    @Test
    void ticksOfNothingWhileKafkaDoesNotAnswer() {
        AtomicInteger failures = new AtomicInteger(2);
        Partitions partitions = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("away");
            }
            return 1;
        };
        try (TickReader reader = new TickReader(partitions, () -> 41, NEVER, () -> 42)) {
            reader.tick();
            reader.tick();
            assertThat(reader.isAvailable()).isNotDone();
            reader.tick();
            assertThat(reader.isAvailable()).isDone();
        }
    }

    @Test
    void ticksOfNothingWhileTheNewestRecordIsNotTold() {
        AtomicInteger failures = new AtomicInteger(1);
        NewestRecord newest = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("away");
            }
            return 41;
        };
        try (TickReader reader = new TickReader(() -> 1, newest, NEVER, () -> 42)) {
            reader.tick();
            assertThat(reader.isAvailable()).isNotDone();
            reader.tick();
            assertThat(reader.isAvailable()).isDone();
        }
    }
}
