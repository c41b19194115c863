package io.millrace.benchmarks.analytics;

/** How it is measured, for the page. */
final class AnalyticsMethod {

    static final String TEXT = """
            A ratio above 1 says how many times better Millrace is: less CPU time, or more events a second. It is the
            median over pairs of runs, in ABBA order, with its bootstrap interval of 95 %; of one pair there is none. Each
            run is a fresh process (a JVM's heap 576 MB, G1, nothing pinned) that drains the same topic of 4 partitions on
            servers that were started for the case. Events are JSON of some 310 bytes, Zipf-distributed, up to 2 s out of
            order, none with an `eventId`: nobody has to look for duplicates. Millrace is the job's jar with only the
            result in question wanted, on a Flink of its own, one JobManager and one TaskManager with that heap; its CPU
            time is that of both. So are the peers on Flink. State is on the heap, checkpoints or commits come every 3 s,
            everybody has 2 threads (KafkaJS one), and all is at least once. Millrace's `windows.ahead` is a day in place of
            its default of 1 h: it is the most of the events' time that is read in a second, which for a million events in 6 h
            is 167,000. No peer keeps its partitions in step. All consumers but that of KafkaJS take up to 5,000 records at once:
            with Kafka's 500, the rest of the longest partition is read at a megabyte in half a second.

            The first quarter of the topic warms up: it is given out slowly, in 12 s at least in the quick form and 60 s in
            the full one. The clocks start when the target accounts for it, and stop when it accounts for every event: by
            the sum of the views or requests in ClickHouse's rows, or by the keys of Redis. It is asked every 100 ms. Then
            every row is compared with what was computed while the events were made; a run with a row that is wrong has no
            figure. Distinct visitors may be 4 % away, five standard errors of the sketch, percentiles 1 %.

            - **tumbling**: views and visitors by page in 5 minutes, rows to ClickHouse in the same batches. Kafka Streams
              and Flink SQL are there twice: as what makes the same row, and with views alone, which is less than Millrace
              does. For visitors Kafka Streams keeps the same sketch, Flink SQL the exact set, which is all it has. KafkaJS
              keeps windows and exact sets in memory only: they are gone when it ends.
            - **sliding**: what each user did in the last hour, every 5 minutes; high-value users to Redis. Peers write what
              they find and leave keys to their time to live; Millrace also deletes who is one no more, and versions every
              write. `millrace, tumbling` is our own job of page views over as many events, keys and slices: its pipeline
              CPU ratio should be at least 0.8, for a sliding window may cost 1.25 times a tumbling one.
            - **percentiles**: p50, p90, p99 and p99.9 by minute and route. The peer keeps a list and sorts it.
            - **poll-and-scan**: bare consumers that throw away what they poll, and then Jackson's tokens of the same bytes
              from memory, one after the other, both with 2 threads: 1 / (1/poll + 1/scan).
            - **growth**: the sliding case alone, with more users, more events of each, and one thread or two. `checkpoint`
              is the size of the last one of the run: the state of all users of the last hour, and of what is still counted.
            """;

    private AnalyticsMethod() {}
}
