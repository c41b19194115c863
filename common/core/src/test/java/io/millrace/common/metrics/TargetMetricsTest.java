package io.millrace.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.Operation;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.SourcePosition;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.Test;

class TargetMetricsTest {

    private final RecordedMetrics registered = new RecordedMetrics();
    private final TargetMetrics metrics = new TargetMetrics(registered, "redis", () -> 5_000);

    @Test
    void countsByTableAndTarget() {
        metrics.written(change("public.users", false, 4_000));
        metrics.written(change("public.orders", false, 4_000));
        metrics.stale(change("public.users", false, 4_000));
        metrics.deadLettered(change("public.orders", false, 4_000));
        metrics.retried(3);

        assertThat(counted("table=public.users.target=redis.recordsOut")).isEqualTo(1);
        assertThat(counted("table=public.users.target=redis.stale")).isEqualTo(1);
        assertThat(counted("table=public.users.target=redis.deadLettered")).isZero();
        assertThat(counted("table=public.orders.target=redis.deadLettered")).isEqualTo(1);
        assertThat(counted("target=redis.retried")).isEqualTo(3);
    }

    @Test
    void measuresFromTheCommitToTheTarget() {
        metrics.written(change("public.users", false, 4_000));
        metrics.written(change("public.users", false, 4_500));

        assertThat(latency().getStatistics().getValues()).containsExactly(1_000, 500);
    }

    @Test
    void leavesOutRowsWithoutACommitTimeAndClocksThatDisagree() {
        metrics.written(change("public.users", true, 4_000));
        metrics.written(change("public.users", false, 0));
        metrics.written(change("public.users", false, 6_000));

        assertThat(latency().getStatistics().getValues()).containsExactly(0);
        assertThat(counted("table=public.users.target=redis.recordsOut")).isEqualTo(3);
    }

    private Histogram latency() {
        return (Histogram) registered.metric("millrace.table=public.users.target=redis.commitToTargetMillis");
    }

    private long counted(String name) {
        return registered.counted("millrace." + name);
    }

    private static RowChange change(String table, boolean snapshot, long commitTime) {
        SourcePosition source = new SourcePosition(1, 0, commitTime, snapshot, null);
        return new RowChange(table, Operation.CREATE, 1, new byte[0], null, new byte[0], null, source, null);
    }
}
