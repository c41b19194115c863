package io.millrace.cli.bench;

import io.millrace.local.Ports;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a benchmark.
 *
 * @param quick whether a first look is enough
 * @param cases names of the cases to run
 * @param pairs how often each contender runs
 * @param json where the report goes, or null
 * @param docs whether the page in docs is written
 * @param changes how many changes a backlog has
 * @param rows how many rows a table has, or events a topic
 * @param seed what the rows hold
 * @param command the command line, for the report
 */
public record BenchPlan(
        boolean quick,
        List<String> cases,
        int pairs,
        @Nullable Path json,
        boolean docs,
        int changes,
        int rows,
        Ports ports,
        long seed,
        String command) {}
