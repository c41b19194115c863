package io.millrace.analytics.model;

import io.millrace.analytics.event.Stamped;
import io.millrace.common.failure.DeadLetter;
import java.time.Duration;
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
     * Returns the strategy of one topic's partitions, aligned with those of the others.
     *
     * @param <E> the events
     */
    public <E extends Stamped> WatermarkStrategy<Either<DeadLetter, E>> strategy() {
        return this.<E>strategyWithin().withWatermarkAlignment(GROUP, ahead);
    }

    /**
     * Returns the strategy of partitions that are read alone. What could not be read has no time, and moves nothing.
     *
     * @param <E> the events
     */
    public <E extends Stamped> WatermarkStrategy<Either<DeadLetter, E>> strategyWithin() {
        return WatermarkStrategy.<Either<DeadLetter, E>>forBoundedOutOfOrderness(disorder)
                .withTimestampAssigner((read, kafka) ->
                        read.isLeft() ? Long.MIN_VALUE : read.right().stamp().timestamp())
                .withIdleness(idleness);
    }
}
