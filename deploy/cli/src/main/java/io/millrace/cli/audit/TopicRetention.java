package io.millrace.cli.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How long a topic keeps a record.
 *
 * @param retention of a segment, from its newest record on; nothing if segments are not deleted by age
 * @param segment how long a segment may go on to get records
 */
record TopicRetention(Optional<Duration> retention, Duration segment) {

    /** Reads it from a topic's configuration, as the broker gives it. */
    static TopicRetention of(Map<String, String> config) {
        long retention = Long.parseLong(config.getOrDefault("retention.ms", "-1"));
        boolean isDeleted = config.getOrDefault("cleanup.policy", "delete").contains("delete") && retention >= 0;
        return new TopicRetention(
                isDeleted ? Optional.of(Duration.ofMillis(retention)) : Optional.empty(),
                Duration.ofMillis(Long.parseLong(config.getOrDefault("segment.ms", "604800000"))));
    }

    /** When the last record that was there at a moment is gone: its segment may get newer ones for a while. */
    Optional<Instant> until(Instant now) {
        return retention.map(kept -> now.plus(kept).plus(segment));
    }
}
