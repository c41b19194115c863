package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.CommandFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes savepoints. Flink fails one that is asked for in the moment in which a task begins or ends, and a stop in which a
 * task fails behind the savepoint; it lets the job go on: both are asked for again.
 */
final class Savepoints {
    private static final int MOST_ATTEMPTS = 5;

    private final FlinkJobs jobs;
    private final FlinkRest rest;
    private final Duration between;
    private final Consumer<String> notes;

    /**
     * Makes one for a cluster.
     *
     * @param between how long to rest before a savepoint is asked for again
     * @param notes is told, in a line, of each time
     */
    Savepoints(FlinkJobs jobs, FlinkRest rest, Duration between, Consumer<String> notes) {
        this.jobs = jobs;
        this.rest = rest;
        this.between = between;
        this.notes = notes;
    }

    /**
     * Takes one and waits for it.
     *
     * @param folder where, or null for the cluster's own folder
     * @param stop whether the job ends with it
     * @param patience for all attempts together
     * @return the savepoint's address
     */
    String take(FlinkJob job, @Nullable String folder, boolean stop, Duration patience) {
        jobs.awaitReady(job);
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 1; true; attempt++) {
            JsonNode operation = await(job, request(job, folder, stop), deadline, patience);
            if (operation.hasNonNull("location")) {
                return operation.path("location").asText();
            }
            SavepointFailure failure = SavepointFailure.of(operation);
            Optional<String> passing = passing(job, failure);
            boolean isLast = attempt == MOST_ATTEMPTS || System.nanoTime() > deadline;
            if (isLast || passing.isEmpty() || !jobs.isLive(job)) {
                throw failed(job, attempt, failure);
            }
            notes.accept(passing.get() + "; asking again, attempt " + (attempt + 1) + " of " + MOST_ATTEMPTS);
            FlinkJobs.pause(between);
            jobs.awaitReady(job);
        }
    }

    /** Returns what has happened, if another attempt may end better. */
    private static Optional<String> passing(FlinkJob job, SavepointFailure failure) {
        if (failure.isOfTheEnd()) {
            return Optional.of("`" + job.name()
                    + "` had its savepoint, but a task failed while it stopped, and it goes on" + " from there");
        }
        return failure.passing()
                .map(words -> "a task of `" + job.name()
                        + "` began or ended in the moment of its savepoint (Flink says: " + words + ")");
    }

    private static CommandFailure failed(FlinkJob job, int attempts, SavepointFailure failure) {
        String times = attempts == 1 ? "" : " " + attempts + " times, the last time";
        return new CommandFailure("the savepoint of `" + job.name() + "` failed" + times + ": " + failure.reason());
    }

    /** Returns the path at which Flink tells how it goes. */
    private String request(FlinkJob job, @Nullable String folder, boolean stop) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (stop) {
            request.put("drain", false).put("targetDirectory", folder);
        } else {
            request.put("cancel-job", false).put("target-directory", folder);
        }
        JsonNode answer = rest.post("/jobs/" + job.id() + (stop ? "/stop" : "/savepoints"), request);
        return "/jobs/" + job.id() + "/savepoints/" + answer.path("request-id").asText();
    }

    private JsonNode await(FlinkJob job, String path, long deadline, Duration patience) {
        do {
            JsonNode answer = rest.get(path);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                return answer.path("operation");
            }
            FlinkJobs.pause(FlinkJobs.POLL);
        } while (System.nanoTime() < deadline);
        throw new CommandFailure("the savepoint of `" + job.name() + "` was not done after " + patience.toSeconds()
                + " s; it may still succeed: look at " + rest.url() + "/#/job/running/" + job.id() + "/checkpoints");
    }
}
