package io.millrace.cli.demo;

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
import java.util.stream.Collectors;

/** The demo's two jobs: Postgres to topics, and topics to search and cache. */
final class DemoJobs {

    static final String CAPTURE = "cdc-capture";
    static final String SYNC = "cdc-sync";

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(300);

    private final Workspace workspace;
    private final FlinkCommand command;
    private final FlinkMetrics flink;
    private final StopSignals signals;
    private final Map<String, String> ids = new TreeMap<>();

    DemoJobs(Workspace workspace, FlinkCommand command, FlinkMetrics flink, StopSignals signals) {
        this.workspace = workspace;
        this.command = command;
        this.flink = flink;
        this.signals = signals;
    }

    /**
     * Submits jobs with the configurations of their names in {@code deploy/demo}, all at the same time, since most of
     * a submission is the start of Flink's client.
     *
     * @param settings what replaces values of the configuration, by job
     */
    void submit(Map<String, Map<String, String>> settings) throws InterruptedException {
        Map<String, Future<String>> submitted = new LinkedHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(settings.size());
        try {
            settings.forEach((name, its) -> submitted.put(name, clients.submit(() -> submit(name, its))));
            for (Map.Entry<String, Future<String>> job : submitted.entrySet()) {
                ids.put(job.getKey(), job.getValue().get());
            }
        } catch (ExecutionException e) {
            throw new CommandFailure(String.valueOf(e.getCause().getMessage()), e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }

    private String submit(String name, Map<String, String> settings) throws IOException, InterruptedException {
        Path config = workspace.root().resolve("deploy").resolve("demo").resolve(name + ".yaml");
        return JobSubmission.submit(workspace, command, "cdc", config, settings);
    }

    /** Returns the address of a job's page. */
    String page(String name) {
        return flink.page(requireNonNull(ids.get(name), name));
    }

    /** Waits until every submitted job runs. */
    void awaitRunning() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!allRun()) {
            requireHealthy();
            if (System.nanoTime() > deadline) {
                throw new CommandFailure("not every job runs " + START.toSeconds() + " s after it was submitted: "
                        + state() + "; look at " + command.flink());
            }
            if (signals.await(POLL)) {
                throw new InterruptedException("stopped while the jobs start");
            }
        }
    }

    /** Fails if a job has failed for good. */
    void requireHealthy() {
        Map<String, String> states = flink.states();
        ids.forEach((name, id) -> {
            if ("FAILED".equals(states.get(name))) {
                throw new CommandFailure("the job " + name + " failed: " + flink.lastError(id));
            }
        });
    }

    /** Returns each job with its state. */
    String state() {
        Map<String, String> states = flink.states();
        return ids.keySet().stream()
                .map(name -> name + " " + states.getOrDefault(name, "UNKNOWN"))
                .collect(Collectors.joining(", "));
    }

    /** Returns what went wrong last with each job; empty if nothing did. */
    String errors() {
        return ids.entrySet().stream()
                .map(job -> Map.entry(job.getKey(), flink.lastError(job.getValue())))
                .filter(error -> !error.getValue().isEmpty())
                .map(error -> "  " + error.getKey() + ": " + error.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private boolean allRun() {
        Map<String, String> states = flink.states();
        return ids.keySet().stream().allMatch(name -> "RUNNING".equals(states.get(name)));
    }
}
