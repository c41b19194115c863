package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.local.Server;
import java.util.Set;

/** One case: what it needs, and how it is prepared. */
interface CdcCase {

    String name();

    /** Returns the servers that it needs, beside Flink. */
    Set<Server> servers();

    /** Fills the source, on empty servers, and names who takes part. */
    Contest prepare(Arena arena) throws Exception;
}
