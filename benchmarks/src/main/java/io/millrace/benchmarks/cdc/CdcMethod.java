package io.millrace.benchmarks.cdc;

/** How it is measured, for the page. */
final class CdcMethod {

    static final String TEXT = """
            A ratio above 1 says how many times better Millrace is: less CPU time, or more records a second. It is the
            median over pairs of runs, in ABBA order, with its bootstrap interval of 95 %. Each run is a fresh JVM (heap
            576 MB, G1, nothing pinned) that drains the same prepared backlog on servers that were started for the case.
            Millrace is the job's jar on a Flink of its own, one JobManager and one TaskManager with that heap; its CPU
            time is that of both.

            The first fifth of the backlog warms up, of a stream the first half. Of a topic it is given out slowly, in a
            minute (half of one with `--quick`). Before the first pair the servers get all of it once, unmeasured, from
            Debezium or the bare loop: else whoever came first would have them compile their code. The clocks start when
            the target holds the warm-up and stop when it holds everything: records in the topic, documents indexed,
            keys, rows in active parts, looked at every 20 ms.
            Then every row of the target is read and compared with the source by count and checksum; a run that differs
            has no figure. Checkpoints, or commits of offsets, come every 3 s; producers use `acks=all`; the index has
            the same mapping and refresh interval for all. Everything is at least once. Millrace alone keeps a version
            with each row, so that an older write is refused: the peers do without.

            Latency is measured at a part of the rate at which the same pipeline drains, after Postgres has vacuumed and
            checkpointed what that took and the disk has it. It counts from the time at which a row was due, so that a
            stall is seen in full; what of it was the commit's, by Postgres and its disk, is told beside it.
            """;

    private CdcMethod() {}
}
