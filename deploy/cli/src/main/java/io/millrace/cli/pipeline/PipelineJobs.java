package io.millrace.cli.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.cli.job.JobSubmission;
import io.millrace.local.FlinkCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The demo's jobs: Postgres to topics, topics to search, cache and warehouse, what visitors do to results, and what
 * staff do to an archive.
 */
public final class PipelineJobs {

    public static final String CAPTURE = "cdc-capture";
    public static final String SYNC = "cdc-sync";
    public static final String ANALYTICS = "analytics";
    public static final String AUDIT = "audit";

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(300);

    private final Workspace workspace;
    private final FlinkCommand command;
    private final FlinkMetrics flink;
    private final Pause pause;
    private final Map<String, String> ids = new TreeMap<>();

    /** A wait that may end early. */
    @FunctionalInterface
    public interface Pause {

        /** Returns true as soon as somebody asks to stop, or false when the time is over. */
        boolean await(Duration time) throws InterruptedException;
    }

    public PipelineJobs(Workspace workspace, FlinkCommand command, FlinkMetrics flink, Pause pause) {
        this.workspace = workspace;
        this.command = command;
        this.flink = flink;
        this.pause = pause;
    }

    /**
     * Submits jobs with the configurations of their names in {@code deploy/demo}, all at the same time, since most of
     * a submission is the start of Flink's client.
     *
     * @param settings what replaces values of the configuration, by job
     * @param taken told the name of each as soon as Flink has it, by the thread that submitted it
     */
    public void submit(Map<String, Map<String, String>> settings, Consumer<String> taken) throws InterruptedException {
        Map<String, Future<String>> submitted = new LinkedHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(settings.size());
        try {
            settings.forEach((name, its) -> submitted.put(name, clients.submit(() -> {
                String id = submitted(name, its, null);
                taken.accept(name);
                return id;
            })));
            for (Map.Entry<String, Future<String>> job : submitted.entrySet()) {
                ids.put(job.getKey(), job.getValue().get());
            }
        } catch (ExecutionException e) {
            Throwable cause = requireNonNull(e.getCause());
            throw new CommandFailure(String.valueOf(cause.getMessage()), cause);
        } finally {
            clients.shutdownNow();
        }
    }

    /**
     * Submits one job.
     *
     * @param savepoint a savepoint or retained checkpoint to go on from, or null to begin anew
     */
    public void submit(String name, Map<String, String> settings, @Nullable String savepoint)
            throws IOException, InterruptedException {
        ids.put(name, submitted(name, settings, savepoint));
    }

    private String submitted(String name, Map<String, String> settings, @Nullable String savepoint)
            throws IOException, InterruptedException {
        Path config = workspace.root().resolve("deploy").resolve("demo").resolve(name + ".yaml");
        String module = name.equals(ANALYTICS) || name.equals(AUDIT) ? name : "cdc";
        return JobSubmission.submit(workspace, command, module, config, settings, savepoint);
    }

    /** Returns the id that Flink gave a job when it was submitted last. */
    public String id(String name) {
        return requireNonNull(ids.get(name), name);
    }

    /** Returns the address of a job's page. */
    public String page(String name) {
        return flink.page(id(name));
    }

    /** Waits until every submitted job runs. */
    public void awaitRunning() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!allRun()) {
            requireHealthy();
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("not every job runs " + START.toSeconds() + " s after it was submitted: "
                        + state() + "; look at " + command.flink());
            }
            if (pause.await(POLL)) {
                throw new InterruptedException("stopped while the jobs start");
            }
        }
    }

    /** Fails if a job has failed for good. */
    public void requireHealthy() {
        Map<String, String> states = flink.states(ids.values());
        ids.forEach((name, id) -> {
            if ("FAILED".equals(states.get(id))) {
                throw new CommandFailure("the job " + name + " failed: " + flink.lastError(id));
            }
        });
    }

    /** Returns each job with its state. */
    public String state() {
        Map<String, String> states = flink.states(ids.values());
        return ids.entrySet().stream()
                .map(job -> job.getKey() + " " + states.getOrDefault(job.getValue(), "UNKNOWN"))
                .collect(Collectors.joining(", "));
    }

    /** Returns what went wrong last with each job; empty if nothing did. */
    public String errors() {
        return ids.entrySet().stream()
                .map(job -> Map.entry(job.getKey(), flink.lastError(job.getValue())))
                .filter(error -> !error.getValue().isEmpty())
                .map(error -> "  " + error.getKey() + ": " + error.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private boolean allRun() {
        Map<String, String> states = flink.states(ids.values());
        return ids.values().stream().allMatch(id -> "RUNNING".equals(states.get(id)));
    }
}
