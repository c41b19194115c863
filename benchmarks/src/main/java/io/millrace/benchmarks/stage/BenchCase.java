package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.harness.Finding;
import io.millrace.local.Server;
import java.util.List;
import java.util.Set;

/**
 * One case: what it needs, and what comes of it.
 *
 * @param <S> where it is played
 */
public interface BenchCase<S extends Stage> {

    String name();

    /** Returns the servers that it needs, beside Flink. */
    Set<Server> servers();

    /** Plays the case on empty servers. */
    List<Finding> play(S stage) throws Exception;
}
