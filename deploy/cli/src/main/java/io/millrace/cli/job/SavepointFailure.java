package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Why Flink gave a savepoint up.
 *
 * @param trace Flink's stack trace, with the causes
 */
record SavepointFailure(String trace) {

    private static final String EXCEPTION = "org.apache.flink.runtime.checkpoint.CheckpointException: ";

    /**
     * What Flink 1.20 says (its {@code CheckpointFailureReason}) where nothing is wrong with a task but that it is not
     * there in this moment: it has not begun, or it has ended and the JobManager does not know that yet. A checkpoint
     * that a task's own failure ends has other words.
     */
    private static final Set<String> PASSING = Set.of(
            "Not all required tasks are currently running.",
            "Checkpoint was declined (tasks not ready)",
            "Checkpoint was declined (task is closing)",
            "Checkpoint was declined because one input stream is finished",
            "Task received cancellation from one of its inputs",
            // said by a TaskManager that does not know the task, and by nobody else
            "Task local checkpoint failure.");

    /** Said after {@code StopWithSavepointStoppingException}, of a job that goes on from the savepoint by itself. */
    private static final String WHILE_STOPPING = "failed during stopping";

    /** Reads what a savepoint's operation ended with. */
    static SavepointFailure of(JsonNode operation) {
        return new SavepointFailure(
                operation.path("failure-cause").path("stack-trace").asText());
    }

    /** Returns Flink's words for what keeps a savepoint from being taken in this moment only; empty for all else. */
    Optional<String> passing() {
        return trace.lines()
                .filter(line -> line.contains(EXCEPTION))
                .map(String::strip)
                .flatMap(line -> PASSING.stream().filter(line::endsWith))
                .findFirst();
    }

    /**
     * Tells whether the savepoint was taken and a task failed between it and its end. Flink lets a task fail there which it
     * has sent something in the moment of its end, as it does to sources that are aligned.
     */
    boolean isOfTheEnd() {
        return trace.contains(WHILE_STOPPING);
    }

    /** Returns what went wrong, without classes and frames. */
    String reason() {
        return Failures.rootCause(trace);
    }
}
