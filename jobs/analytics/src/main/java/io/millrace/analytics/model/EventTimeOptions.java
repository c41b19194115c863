package io.millrace.analytics.model;

import io.millrace.analytics.event.Stamped;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.idleness.Idleness;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;

/**
 * How the progress of events is told.
 *
 * @param disorder how far an event may be behind the latest of its partition and still be in time
 * @param idleness how long a partition may be silent before the others go on without it
 * @param ahead how far one topic or partition may be read ahead of another
 */
public record EventTimeOptions(Duration disorder, Duration idleness, Duration ahead) {

    private static final String GROUP = "events";

    /**
     * Returns the strategy of one topic's partitions, aligned with those of the others. They are told how far the others
     * are once a second: a backlog is read by {@link #ahead} of its events' time in each. More often would more often
     * meet a task that has just ended, at a stop with a savepoint, and Flink takes what does not arrive for a failure.
     *
     * @param <E> the events
     * @param silent which partitions are silent
     */
    public <E extends Stamped> WatermarkStrategy<Either<DeadLetter, E>> strategy(Idleness silent) {
        return this.<E>strategyWithin(silent).withWatermarkAlignment(GROUP, ahead);
    }

    /**
     * Returns the strategy of partitions that are read alone. What could not be read has no time.
     * An event whose clock is ahead of its Kafka record's moves time as far as the record's: else the rest of its
     * partition would be late.
     *
     * @param <E> the events
     * @param silent which partitions are silent
     */
    public <E extends Stamped> WatermarkStrategy<Either<DeadLetter, E>> strategyWithin(Idleness silent) {
        Duration behind = disorder;
        return WatermarkStrategy.<Either<DeadLetter, E>>forGenerator(
                        context -> new ReadOnly<>(silent.ofSplit(new BoundedOutOfOrdernessWatermarks<>(behind))))
                .withTimestampAssigner((read, kafka) -> read.isLeft() ? kafka : time(read.right(), kafka));
    }

    private static long time(Stamped event, long kafka) {
        long timestamp = event.stamp().timestamp();
        return kafka < 0 ? timestamp : Math.min(timestamp, kafka);
    }

    private record ReadOnly<E>(WatermarkGenerator<Either<DeadLetter, E>> generator)
            implements WatermarkGenerator<Either<DeadLetter, E>> {

        @Override
        public void onEvent(Either<DeadLetter, E> read, long timestamp, WatermarkOutput output) {
            if (read.isRight()) {
                generator.onEvent(read, timestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            generator.onPeriodicEmit(output);
        }
    }
}
