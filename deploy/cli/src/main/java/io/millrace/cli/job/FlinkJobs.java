package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of one cluster. */
public final class FlinkJobs {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SAVEPOINTS = Duration.ofSeconds(2);

    /** How long to wait before Flink is asked once more what has become of something. */
    static final Duration POLL = Duration.ofMillis(250);

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
     * Takes a savepoint and waits for it. Where a task began or ended in that moment, asks again, a few times.
     *
     * @param folder where, or null for the cluster's own folder
     * @param stop whether the job ends with it
     * @param patience for all attempts together
     * @param notes is told, in a line, of each time that it asks again
     * @return the savepoint's address
     */
    public String savepoint(
            FlinkJob job, @Nullable String folder, boolean stop, Duration patience, Consumer<String> notes) {
        return new Savepoints(this, rest, BETWEEN_SAVEPOINTS, notes).take(job, folder, stop, patience);
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
        while (isLive(job)) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("`" + job.name() + "` had not ended " + patience.toSeconds()
                        + " s after it was cancelled; look at " + rest.url() + "/#/job/running/" + job.id());
            }
            pause(POLL);
        }
    }

    /** A job that was just submitted is given a moment; for one that does not get ready, Flink's refusal says why. */
    void awaitReady(FlinkJob job) {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline
                && all().stream().noneMatch(each -> each.id().equals(job.id()) && (each.ready() || !each.live()))) {
            pause(POLL);
        }
    }

    /** Whether a job has not ended yet. */
    boolean isLive(FlinkJob job) {
        return all().stream().anyMatch(each -> each.id().equals(job.id()) && each.live());
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for Flink", e);
        }
    }
}
