package io.millrace.audit.chain;

import io.millrace.common.event.ConsumedRecord;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the brokers' time against that of the machine: a single record of a day that is far ahead would close all days
 * until then, for good.
 *
 * @param accepted the last day that somebody accepted who looked at its records, or null
 */
record Plausibility(MachineClock clock, @Nullable LocalDate accepted) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is further ahead, in days, is not taken, whoever accepts it: each day until then would get a digest. */
    static final int MOST_AHEAD = 31;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * Lets a record pass whose day has come, or is the next by this machine's clock, or was accepted.
     *
     * @throws SuppressRestartsException if it is a later one: another try would meet the same record
     */
    void require(ConsumedRecord record) {
        long now = clock.millis();
        if (epochDay(record.timestamp()) <= epochDay(now) + 1) {
            return;
        }
        LocalDate day = day(record.timestamp());
        LocalDate furthest = day(now).plusDays(MOST_AHEAD);
        if (accepted != null && !day.isAfter(accepted) && !day.isAfter(furthest)) {
            return;
        }
        throw new SuppressRestartsException(new IllegalStateException("record " + record.partition() + ":"
                + record.offset() + " of " + record.topic() + " was appended at "
                + Instant.ofEpochMilli(record.timestamp())
                + " by its broker's clock, and by the clock of this machine it is "
                + Instant.ofEpochMilli(now) + ": all days until then would be sealed, for good. Nothing of it was"
                + " archived. If this machine's clock is behind, set it; if the broker's was ahead, "
                + (day.isAfter(furthest)
                        ? "that is more than the " + MOST_AHEAD + " days that can be accepted, and "
                        : "`archive.accept-ahead-through: " + day + "` accepts it, and ")
                + "docs/audit.md, \"When a clock is ahead\", says what to do"));
    }

    private static LocalDate day(long millis) {
        return LocalDate.ofEpochDay(epochDay(millis));
    }

    private static long epochDay(long millis) {
        return Math.floorDiv(millis, DAY);
    }
}
