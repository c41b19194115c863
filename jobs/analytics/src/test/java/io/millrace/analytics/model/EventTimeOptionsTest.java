package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.Visit;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.idleness.Idleness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

class EventTimeOptionsTest {

    private static final long NOW = 1_000_000;

    private final WatermarkStrategy<Either<DeadLetter, PageView>> strategy = new EventTimeOptions(
                    Duration.ofMillis(100), Duration.ofMillis(1), Duration.ofMinutes(2))
            .strategyWithin(new Idleness(Duration.ofMillis(1)));
    private final TimestampAssigner<Either<DeadLetter, PageView>> assigner =
            strategy.createTimestampAssigner(UnregisteredMetricsGroup::new);
    private final WatermarkGenerator<Either<DeadLetter, PageView>> generator =
            strategy.createWatermarkGenerator(UnregisteredMetricsGroup::new);
    private final Told told = new Told();

    @Test
    void timeIsBehindTheLatestEvent() {
        take(view(NOW - 500), NOW);
        generator.onPeriodicEmit(told);

        assertThat(told.time).isEqualTo(NOW - 500 - 100 - 1);
    }

    /** The rest of its partition is not late for that. */
    @Test
    void anEventFromAFastClockMovesTimeNoFurtherThanKafkas() {
        take(view(NOW + 500_000), NOW);
        generator.onPeriodicEmit(told);

        assertThat(told.time).isEqualTo(NOW - 100 - 1);
    }

    @Test
    void whereKafkaTellsNoTimeThatOfTheEventCounts() {
        take(view(NOW), -1);
        generator.onPeriodicEmit(told);

        assertThat(told.time).isEqualTo(NOW - 100 - 1);
    }

    /** Else a partition that is idle would wake up with each look. */
    @Test
    void brokenRecordsTellNoTime() {
        take(view(NOW), NOW);
        generator.onPeriodicEmit(told);
        told.time = 0;
        take(broken(), NOW + 1_000);
        generator.onPeriodicEmit(told);

        assertThat(told.time).isZero();
    }

    private void take(Either<DeadLetter, PageView> read, long kafka) {
        generator.onEvent(read, assigner.extractTimestamp(read, kafka), told);
    }

    private static Either<DeadLetter, PageView> view(long timestamp) {
        return Either.Right(new PageView("/", new Visit(new Stamp(0, 1, timestamp, null), 1), null));
    }

    private static Either<DeadLetter, PageView> broken() {
        ConsumedRecord record = new ConsumedRecord("page-views", 0, 2, NOW, null, new byte[0], List.of());
        return Either.Left(DeadLetter.of(record, 0, "analytics", "parse", "DataException", "no JSON"));
    }

    private static final class Told implements WatermarkOutput {

        private long time = Long.MIN_VALUE;

        @Override
        public void emitWatermark(Watermark mark) {
            time = mark.getTimestamp();
        }

        @Override
        public void markIdle() {
            throw new IllegalStateException("the source marks it, not the generator");
        }

        @Override
        public void markActive() {
            throw new IllegalStateException("the source marks it, not the generator");
        }
    }
}
