package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of one cluster. */
public final class FlinkJobs {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(250);

    /** Flink's word where a task has no slot yet. */
    private static final String UNASSIGNED = "(unassigned)";

    private final FlinkRest rest;

    public FlinkJobs(FlinkRest rest) {
        this.rest = rest;
    }

    /** Every job that Flink remembers. */
    List<FlinkJob> all() {
        List<FlinkJob> jobs = new ArrayList<>();
        for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            JsonNode tasks = job.path("tasks");
            int started = tasks.path("running").asInt() + tasks.path("finished").asInt();
            jobs.add(new FlinkJob(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    started > 0 && started == tasks.path("total").asInt()));
        }
        return jobs;
    }

    /** The one live job with this name or id. */
    public FlinkJob live(String nameOrId) {
        List<FlinkJob> live = all().stream().filter(FlinkJob::live).toList();
        List<FlinkJob> found = live.stream()
                .filter(job -> job.id().equals(nameOrId) || job.name().equals(nameOrId))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new CommandFailure("no job `" + nameOrId + "` runs at " + rest.url() + "; "
                    + (live.isEmpty()
                            ? "no job does"
                            : "these do: " + live.stream().map(FlinkJob::name).collect(Collectors.joining(", "))));
        }
        throw new CommandFailure(found.size() + " jobs named `" + nameOrId + "` run at " + rest.url()
                + "; name one by id: " + found.stream().map(FlinkJob::id).collect(Collectors.joining(", ")));
    }

    /** The parameters that a job shows on Flink's page. */
    Map<String, String> parameters(FlinkJob job) {
        Map<String, String> parameters = new LinkedHashMap<>();
        rest.get("/jobs/" + job.id() + "/config")
                .path("execution-config")
                .path("user-config")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }

    /**
     * Takes a savepoint and waits for it.
     *
     * @param folder where, or null for the cluster's own folder
     * @param stop whether the job ends with it
     * @return the savepoint's address
     */
    public String savepoint(FlinkJob job, @Nullable String folder, boolean stop, Duration patience) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (stop) {
            request.put("drain", false).put("targetDirectory", folder);
        } else {
            request.put("cancel-job", false).put("target-directory", folder);
        }
        awaitReady(job);
        String path = "/jobs/" + job.id() + (stop ? "/stop" : "/savepoints");
        String trigger = rest.post(path, request).path("request-id").asText();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode answer = rest.get("/jobs/" + job.id() + "/savepoints/" + trigger);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                return location(job, answer.path("operation"));
            }
            pause();
        }
        throw new CommandFailure("the savepoint of `" + job.name() + "` was not done after " + patience.toSeconds()
                + " s; it may still succeed: look at " + rest.url() + "/#/job/running/" + job.id() + "/checkpoints");
    }

    /** Returns what a job's checkpoints count: {@code completed}, {@code in_progress} and others. */
    public JsonNode checkpoints(FlinkJob job) {
        return rest.get("/jobs/" + job.id() + "/checkpoints").path("counts");
    }

    /** Returns how large the state of a job's latest complete checkpoint is, in bytes; 0 if there is none. */
    public long checkpointBytes(FlinkJob job) {
        return rest.get("/jobs/" + job.id() + "/checkpoints")
                .path("latest")
                .path("completed")
                .path("state_size")
                .asLong();
    }

    /** Returns the resource ids of the TaskManagers that a job's tasks are on, as far as it has been given slots. */
    public Set<String> taskManagers(FlinkJob job) {
        Set<String> ids = new TreeSet<>();
        String path = "/jobs/" + job.id();
        for (JsonNode vertex : rest.get(path).path("vertices")) {
            String id = vertex.path("id").asText();
            for (JsonNode subtask : rest.get(path + "/vertices/" + id).path("subtasks")) {
                ids.add(subtask.path("taskmanager-id").asText());
            }
        }
        ids.remove(UNASSIGNED);
        return ids;
    }

    /** Ends a job as it stands; returns when it has ended. */
    public void cancel(FlinkJob job, Duration patience) {
        rest.patch("/jobs/" + job.id() + "?mode=cancel");
        long deadline = System.nanoTime() + patience.toNanos();
        while (all().stream().anyMatch(each -> each.id().equals(job.id()) && each.live())) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("`" + job.name() + "` had not ended " + patience.toSeconds()
                        + " s after it was cancelled; look at " + rest.url() + "/#/job/running/" + job.id());
            }
            pause();
        }
    }

    /** A job that was just submitted is given a moment; for one that does not get ready, Flink's refusal says why. */
    private void awaitReady(FlinkJob job) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline
                && all().stream().noneMatch(each -> each.id().equals(job.id()) && (each.ready() || !each.live()))) {
            pause();
        }
    }

    private static String location(FlinkJob job, JsonNode operation) {
        if (operation.hasNonNull("location")) {
            return operation.path("location").asText();
        }
        String trace = operation.path("failure-cause").path("stack-trace").asText();
        throw new CommandFailure("the savepoint of `" + job.name() + "` failed: " + Failures.rootCause(trace));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Flink", e);
        }
    }
}
