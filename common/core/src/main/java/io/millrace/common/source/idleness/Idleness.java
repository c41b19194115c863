package io.millrace.common.source.idleness;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.jspecify.annotations.Nullable;

/**
 * How long a split may be silent before the others go on without it. What Flink 1.20.0 has for that counts every moment, also
 * those in which a split could not be read because the task was blocked or had to wait for others (FLINK-35886): after an
 * outage of a target, some splits would then go on without those that have most to say. Here only time counts in which it
 * could have been heard; see {@link SilentSplits}.
 *
 * <p>A {@link ListeningSource} and the generators of its watermarks share one, which the source's operator keeps one: both are
 * serialized together. Each generator is to be wrapped by {@link #ofSplit}. Not thread-safe: all happens in the task's thread.
 */
public final class Idleness implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Duration after;
    private final Clock clock;
    private transient @Nullable ListeningReader<?, ?> reader;

    /** Time that only goes forward. */
    @FunctionalInterface
    public interface Clock extends Serializable {

        /** Returns nanoseconds since whenever. */
        long nanos();
    }

    /**
     * Makes it.
     *
     * @param after how long nothing must have come, while it could have
     */
    public Idleness(Duration after) {
        this(after, System::nanoTime);
    }

    Idleness(Duration after, Clock clock) {
        this.after = after;
        this.clock = clock;
    }

    long nanos() {
        return after.toNanos();
    }

    void listen(ListeningReader<?, ?> other) {
        reader = other;
    }

    /** Returns a generator that tells of no time while nothing new comes, so that a split which is idle stays so. */
    public <T> WatermarkGenerator<T> ofSplit(WatermarkGenerator<T> generator) {
        return new OfSplit<>(generator);
    }

    private final class OfSplit<T> implements WatermarkGenerator<T> {

        private final WatermarkGenerator<T> generator;
        private boolean hasNews;

        OfSplit(WatermarkGenerator<T> generator) {
            this.generator = generator;
        }

        @Override
        public void onEvent(T event, long timestamp, WatermarkOutput output) {
            generator.onEvent(event, timestamp, output);
            hasNews = true;
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (reader != null) {
                reader.look(clock.nanos());
            }
            if (hasNews) {
                hasNews = false;
                generator.onPeriodicEmit(output);
            }
        }
    }
}
