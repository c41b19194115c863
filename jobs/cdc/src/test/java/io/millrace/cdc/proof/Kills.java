package io.millrace.cdc.proof;

import static java.lang.System.Logger.Level.INFO;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.testing.FlinkRest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills TaskManagers, as {@code kill -9} does, at chosen moments of a job; each comes back at once. Whoever kills goes on
 * when the job has lost its tasks there: for some seconds before, Flink still shows them as running.
 */
final class Kills {

    private static final System.Logger LOG = System.getLogger(Kills.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> TASK_MANAGERS = List.of("flink-taskmanager-1", "flink-taskmanager-2");

    private final LocalServers servers;
    private final FlinkRest flink;
    private final Random random;
    private int count;

    Kills(LocalServers servers, FlinkRest flink, long seed) {
        LOG.log(INFO, "kills with seed " + seed);
        this.servers = servers;
        this.flink = flink;
        this.random = new Random(seed);
    }

    int count() {
        return count;
    }

    Random random() {
        return random;
    }

    /** Kills one that runs a task of the job. */
    void now(String job, String moment) {
        Set<String> managers = managers(job);
        List<String> hosts = TASK_MANAGERS.stream()
                .filter(process -> managers.stream().anyMatch(manager -> isOf(process, manager)))
                .toList();
        String victim = hosts.isEmpty()
                ? TASK_MANAGERS.get(random.nextInt(TASK_MANAGERS.size()))
                : hosts.get(random.nextInt(hosts.size()));
        LocalProcess process = servers.process(victim);
        process.kill();
        count++;
        LOG.log(INFO, "kill " + count + " of " + victim + ": " + moment);
        process.start();
        await("the loss of " + victim + " is noticed")
                .atMost(PATIENCE)
                .until(() -> managers(job).stream()
                        .noneMatch(manager -> managers.contains(manager) && isOf(victim, manager)));
    }

    /** Kills while a checkpoint is on its way. */
    void duringCheckpoint(String job) {
        flink.awaitRunning(job);
        until(
                "a checkpoint is in progress",
                () -> counts(job).path("in_progress").asLong() > 0);
        now(job, "during a checkpoint");
    }

    /** Kills when a checkpoint has just completed: its offsets and positions may be confirmed or not yet. */
    void afterCheckpoint(String job) {
        flink.awaitRunning(job);
        long before = counts(job).path("completed").asLong();
        until("a checkpoint has completed", () -> counts(job).path("completed").asLong() > before);
        now(job, "after a checkpoint");
    }

    /** Kills after a random moment of at most the given length. */
    void within(String job, Duration longest, String moment) {
        flink.awaitRunning(job);
        LockSupport.parkNanos((long) (random.nextDouble() * longest.toNanos()));
        now(job, moment);
    }

    private void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .until(condition);
    }

    private JsonNode counts(String job) {
        return flink.get("/jobs/" + job + "/checkpoints").path("counts");
    }

    /** Returns those that run a task of the job, each by the name that this start of it has. */
    private Set<String> managers(String job) {
        Set<String> managers = new TreeSet<>();
        for (JsonNode vertex : flink.get("/jobs/" + job).path("vertices")) {
            JsonNode tasks =
                    flink.get("/jobs/" + job + "/vertices/" + vertex.path("id").asText());
            for (JsonNode task : tasks.path("subtasks")) {
                if (!task.path("status").asText().equals("FINISHED")) {
                    managers.add(task.path("taskmanager-id").asText());
                }
            }
        }
        return managers;
    }

    private static boolean isOf(String process, String manager) {
        return ("flink-" + manager).startsWith(process + "-");
    }
}
