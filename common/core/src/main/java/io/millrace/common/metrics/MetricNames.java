package io.millrace.common.metrics;

import io.millrace.common.metrics.Metric.Kind;
import java.util.List;

/** Every metric that a job of Millrace registers: the only place where a metric gets its name. */
public final class MetricNames {

    /** The group above every metric of Millrace. */
    public static final String ROOT = "millrace";

    /** Label: schema and name of a table, as {@code public.users}. */
    public static final String TABLE = "table";

    /** Label: where rows go, as {@code elasticsearch}. */
    public static final String TARGET = "target";

    /** Label: why a record was passed over, as {@code heartbeat}. */
    public static final String REASON = "reason";

    /** Label: what events are counted for, as {@code page_views_5min}. */
    public static final String RESULT = "result";

    /** Label: what an audit archive is called. */
    public static final String ARCHIVE = "archive";

    public static final Metric RECORDS_IN = counter(
            "recordsIn",
            List.of(TABLE),
            "Row changes that left the source, after parsing and before any target; of analytics, events, by topic.");

    public static final Metric RECORDS_OUT = counter(
            "recordsOut",
            List.of(TABLE, TARGET),
            "Writes that the target acknowledged, deletes included; for Kafka, changes handed to its producer, which"
                    + " each checkpoint waits for. A repeated write counts again.");

    public static final Metric STALE = counter(
            "stale",
            List.of(TABLE, TARGET),
            "Writes that the target refused because it already holds a higher version. Expected after a restart"
                    + " and during a replay; not an error.");

    public static final Metric DEAD_LETTERED = counter(
            "deadLettered",
            List.of(TABLE, TARGET),
            "Records sent to the dead-letter topic. The target is `parse` if the record could not be read, and the"
                    + " table is `unknown` if it could not be told.");

    public static final Metric DROPPED = counter(
            "dropped",
            List.of(TABLE, TARGET),
            "Records that a target refused for what they are, and that its failure policy `drop` lets go.");

    public static final Metric SKIPPED = counter(
            "skipped",
            List.of(REASON),
            "Records that carry no row, passed over on purpose: heartbeats, transaction markers, schema changes,"
                    + " logical messages, tables without a route; and notifications that are behind the fence or have"
                    + " no room.");

    public static final Metric RETRIED =
            counter("retried", List.of(TARGET), "Writes repeated after a transient error of the target.");

    public static final Metric COMMIT_TO_TARGET = new Metric(
            "commitToTargetMillis",
            Kind.HISTOGRAM,
            List.of(TABLE, TARGET),
            "ms",
            "Time from the commit in Postgres to the target's acknowledgement (for Kafka, to the producer), by the"
                    + " clocks of both machines."
                    + " Over a subtask's rows of the last 30 s, the latest 1,024 of them. Snapshot rows are left out: they have no commit time.");

    public static final Metric SOURCE_LAG = new Metric(
            "sourceLagMillis",
            Kind.GAUGE,
            List.of(),
            "ms",
            "Time from the commit in Postgres to the moment the latest row change left the source. It stands still"
                    + " while no row changes.");

    public static final Metric RETAINED_WAL = new Metric(
            "retainedWalBytes",
            Kind.GAUGE,
            List.of(),
            "bytes",
            "Write-ahead log that Postgres keeps because the replication slot has not confirmed it. One that only"
                    + " grows fills the database's disk.");

    public static final Metric RETAINED_WAL_LEVEL = new Metric(
            "retainedWalLevel",
            Kind.GAUGE,
            List.of(),
            "0 to 2",
            "What `retainedWalBytes` means: 0 is well, 1 is above `source.postgres.retained-wal.warning`, 2 above"
                    + " `critical`, -1 unknown.");

    public static final Metric DUPLICATES = counter(
            "duplicates",
            List.of(RESULT),
            "Events that were counted before, by their `eventId`, and are not counted again.");

    public static final Metric LATE = counter(
            "late",
            List.of(RESULT),
            "Events that came after the allowed lateness: they are in no window, and each is told to the topic of late"
                    + " events.");

    public static final Metric CORRECTED = counter(
            "corrected",
            List.of(RESULT),
            "Results that were written again, under a higher version, because of events that came late.");

    public static final Metric DAYS_PROVEN = archive(
            "daysProven",
            "days",
            "Sealed days of an audit archive that verify, those of each partition counted. It stands still for a partition"
                    + " of which something is wrong.");

    public static final Metric WHOLE_VERIFIED_AT = archive(
            "wholeVerifiedAt",
            "ms since 1970",
            "When the last verification of an audit archive began that read every file; 0 if there was none.");

    public static final Metric FINDINGS = archive(
            "findings", "findings", "What is wrong with an audit archive, and was told to the topic of alerts.");

    public static final Metric FAILED_LOOKS = archive(
            "failedLooks",
            "looks",
            "Verifications of an audit archive in a row that could not be made, because its store failed; 0 once one is.");

    public static final List<Metric> ALL = List.of(
            RECORDS_IN,
            RECORDS_OUT,
            STALE,
            DEAD_LETTERED,
            DROPPED,
            SKIPPED,
            RETRIED,
            COMMIT_TO_TARGET,
            SOURCE_LAG,
            RETAINED_WAL,
            RETAINED_WAL_LEVEL,
            DUPLICATES,
            LATE,
            CORRECTED,
            DAYS_PROVEN,
            WHOLE_VERIFIED_AT,
            FINDINGS,
            FAILED_LOOKS);

    private MetricNames() {}

    private static Metric archive(String name, String unit, String description) {
        return new Metric(name, Kind.GAUGE, List.of(ARCHIVE), unit, description);
    }

    private static Metric counter(String name, List<String> labels, String description) {
        return new Metric(name, Kind.COUNTER, labels, "records", description);
    }
}
