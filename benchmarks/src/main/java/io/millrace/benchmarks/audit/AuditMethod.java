package io.millrace.benchmarks.audit;

/** How it is measured, for the page. */
final class AuditMethod {

    static final String TEXT = """
            A ratio above 1 says how many times better Millrace is: less CPU time, or more records or bytes a second. It is
            the median over pairs of runs, in ABBA order, with its bootstrap interval of 95 %; of one pair there is none.
            Each run is a fresh process on servers that were started for the case; a JVM's heap is 576 MB, G1, nothing
            pinned.

            **drain**: a topic of 10 partitions is archived whole, into an empty folder on the local disk. Events are JSON of
            some 370 bytes with two headers, of 10,000 persons, Zipf-distributed; each person's key is in Postgres before
            anybody is measured, and a job reads it from there. Millrace is the job's jar as it is submitted, without the
            searchable copy, on a Flink of its own, one JobManager and one TaskManager with that heap, parallelism 2; its CPU
            time is that of both. Checkpoints come every second, ten times as often as by default, so that the end of a run
            does not lie in the wait for one; each writes, forces and commits a file for each partition.

            The first quarter of the topic warms up: it is given out slowly, in 12 s at least in the quick form and 60 s in
            the full one. The clocks start when the archive's manifests hold it, and stop when they hold everything; they are
            read every 100 ms. Then the archive is verified, and its number of records and last hash of each partition are
            compared with what a program of two threads computed from the topic before, by the format alone; a run that
            differs has no figure.

            - **millrace, without chain** is the same graph from the same classes, built for the benchmark alone, that hashes
              no record: every hash in its files is that of the chain's name. Its records are chained afterwards, and must
              then end in the same hash as the job's. The chain may cost a tenth: a ratio of 0.9.
            - **millrace, without encryption** keeps everything in clear, asks for no key, and chains as the job does.
            - **poll-hash-write** is the limit: bare consumers on two threads, one SHA-256 of each record with the hash before it,
              and bytes of a file that was encoded and encrypted before, as many as the job writes, forced to the disk
              after every 10,000 records of a thread. It parses, encrypts, encodes and commits nothing, and has read and
              written everything once before the clocks start.
            - **drain, in clear** compares the runs without encryption with the same runs of the limit.

            **verify**: the archive of such a topic, none of it sealed yet, from the start of the command to its end, the
            start of the JVM and of Node.js included; the files are in the page cache. `millrace` is `millrace audit verify`
            as the script starts it, `verify.js` the verifier in docs/examples/audit-verifier, and `sha256` a loop in Java,
            warm, one thread, that hashes each file once and looks at nothing. Each verifier must find as many records as
            there are, and nothing wrong.
            """;

    private AuditMethod() {}
}
