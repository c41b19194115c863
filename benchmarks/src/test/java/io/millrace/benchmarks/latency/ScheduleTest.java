package io.millrace.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Schedule SCHEDULE = Schedule.of(1_000, 501, 2_000, Duration.ofSeconds(1));

    @Test
    void spreadsARateOverTicks() {
        assertThat(SCHEDULE.ticks()).isEqualTo(100);
        assertThat(SCHEDULE.rowsOfATick()).isEqualTo(20);
        assertThat(SCHEDULE.rate()).isEqualTo(2_000);
    }

    @Test
    void everyRowIsDueWithItsTick() {
        assertThat(SCHEDULE.tickOf(501)).isZero();
        assertThat(SCHEDULE.tickOf(520)).isZero();
        assertThat(SCHEDULE.tickOf(521)).isEqualTo(1);
        assertThat(SCHEDULE.firstOf(1)).isEqualTo(521);
        assertThat(SCHEDULE.due(3)).isEqualTo(30_001_000);
    }

    @Test
    void knowsRowsThatAreNotItsOwn() {
        assertThat(SCHEDULE.has(500)).isFalse();
        assertThat(SCHEDULE.has(2_500)).isTrue();
        assertThat(SCHEDULE.has(2_501)).isFalse();
    }

    @Test
    void aLatencyCountsFromTheScheduledTime() {
        Latencies latencies = new Latencies();
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.record(millis * 1_000_000L);
        }

        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(latencies.millis(50)).isBetween(499.0, 501.0);
        assertThat(latencies.millis(99)).isBetween(989.0, 991.0);
        assertThat(latencies.toString()).contains("max 1000 ms of 1000 rows");
    }
}
