package io.millrace.audit.chain;

import io.millrace.common.event.ConsumedRecord;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Holds the brokers' time against that of the machine: a single record of a day that is far ahead would close all days
 * until then, for good.
 */
record Plausibility(MachineClock clock) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * Lets a record pass whose day has come, or is the next by this machine's clock.
     *
     * @throws SuppressRestartsException if it is a later one: another try would meet the same record
     */
    void require(ConsumedRecord record) {
        long now = clock.millis();
        if (record.timestamp() < (Math.floorDiv(now, DAY) + 2) * DAY) {
            return;
        }
        throw new SuppressRestartsException(new IllegalStateException("record " + record.partition() + ":"
                + record.offset() + " of " + record.topic() + " was appended at "
                + Instant.ofEpochMilli(record.timestamp())
                + " by its broker's clock, and by the clock of this machine it is "
                + Instant.ofEpochMilli(now) + ": all days until then would be sealed, for good. Nothing of it was"
                + " archived. If this machine's clock is behind, set it; if the broker's was ahead, docs/audit.md, \"When a"
                + " clock is ahead\", says what to do"));
    }
}
