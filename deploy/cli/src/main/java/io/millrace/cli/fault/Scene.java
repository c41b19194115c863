package io.millrace.cli.fault;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.cli.job.FlinkJobs;
import io.millrace.cli.job.FlinkRest;
import io.millrace.cli.pipeline.AuditedShop;
import io.millrace.cli.pipeline.FlinkMetrics;
import io.millrace.cli.pipeline.PipelineJobs;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PlantedRecord;
import io.millrace.cli.pipeline.SiteVisitors;
import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import io.millrace.local.LocalProcess;
import io.millrace.local.ObjectStore;
import io.millrace.shop.ShopDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The pipeline under load, as a fault meets it: its processes, its jobs and what is known of its input. */
final class Scene {

    /** The capture's, in {@code deploy/demo}. */
    static final String SLOT = "millrace_demo";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SAVEPOINT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** A checkpoint of little state is over in a few milliseconds. */
    private static final Duration GLANCE = Duration.ofMillis(1);

    private final PipelineServers servers;
    private final ShopDatabase database;
    private final PipelineJobs jobs;
    private final FlinkMetrics metrics;
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final Set<PlantedRecord> planted = new LinkedHashSet<>();
    private final Random random;
    private final PrintWriter out;
    private final Leftovers leftovers;
    private final long begin = System.nanoTime();
    private @Nullable SiteVisitors visitors;
    private @Nullable AuditedShop audited;
    private @Nullable ObjectStore store;
    private BooleanSupplier isHealthy = () -> true;
    private Runnable complain = () -> {};

    Scene(
            Workspace workspace,
            PipelineServers servers,
            ShopDatabase database,
            Map<String, Map<String, String>> settings,
            Random random,
            Leftovers leftovers,
            PrintWriter out) {
        this.servers = servers;
        this.database = database;
        this.metrics = new FlinkMetrics(addresses().flinkUrl());
        this.jobs = new PipelineJobs(workspace, servers.flink(), metrics, Scene::pause);
        this.random = random;
        this.leftovers = leftovers;
        this.out = out;
        settings.forEach((job, its) -> this.settings.put(job, new HashMap<>(its)));
    }

    Addresses addresses() {
        return servers.addresses();
    }

    DataFolder data() {
        return servers.data();
    }

    LocalProcess process(String name) {
        return servers.process(name);
    }

    Random random() {
        return random;
    }

    /** Returns what others have written to the topics. */
    Set<PlantedRecord> planted() {
        return planted;
    }

    void plant(PlantedRecord record) {
        planted.add(record);
    }

    /** Runs a statement in the shop's database. */
    void sql(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    /** Waits until nobody reads the capture's slot: the tasks of a JobManager that died go on for a while. */
    void awaitFreeSlot() throws InterruptedException {
        await("the end of the slot's reader", LOOK, () -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet free = statement.executeQuery(
                            "SELECT FROM pg_replication_slots WHERE slot_name = '" + SLOT + "' AND NOT active")) {
                return free.next();
            }
        });
    }

    /** Kills a process, and starts it again after a time under load. */
    void away(String name, Duration time) throws InterruptedException {
        LocalProcess process = servers.process(name);
        process.kill();
        say("killed " + name);
        elapse(time);
        process.start();
    }

    /** Prints a line, with the time since the scene was set. */
    void say(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - begin);
        out.printf("  %d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), what);
        out.flush();
    }

    /** Does something when everything has stopped. */
    void atEnd(Leftovers.Step step) {
        leftovers.add(step);
    }

    /** Submits every job. */
    void submitAll() throws InterruptedException {
        jobs.submit(settings, job -> {});
    }

    /**
     * Puts the scene under load, which every wait watches.
     *
     * @param healthy whether the load goes on
     * @param failed throws why it does not
     */
    void under(BooleanSupplier healthy, Runnable failed) {
        isHealthy = healthy;
        complain = failed;
    }

    /** Lets a fault meet the visitors. */
    void with(SiteVisitors some) {
        visitors = some;
    }

    /** Returns the visitors, where the pipeline is that of what they do. */
    SiteVisitors visitors() {
        return requireNonNull(visitors, "this pipeline has no visitors");
    }

    /** Lets a fault meet those who are watched, and their archive. */
    void with(AuditedShop some) {
        audited = some;
    }

    /** Returns those who are watched, where the pipeline is that of their audit trail. */
    AuditedShop audited() {
        return requireNonNull(audited, "this pipeline has no audit trail");
    }

    /** Lets a fault meet the store that the archive is in. */
    void with(ObjectStore some) {
        store = some;
    }

    /** Returns the store, where the archive is in one. */
    ObjectStore store() {
        return requireNonNull(store, "this pipeline has no object store");
    }

    /** Returns a random time of at most this length. */
    Duration upTo(Duration longest) {
        return Duration.ofNanos((long) (random.nextDouble() * longest.toNanos()));
    }

    /** Lets time go by under load. */
    void elapse(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            requireLoad();
            pause(LOOK);
        }
    }

    void awaitRunning() throws InterruptedException {
        jobs.awaitRunning();
    }

    /** Waits until a job has completed one more checkpoint. */
    void awaitCheckpoint(String job) throws InterruptedException {
        long before = checkpoints(job).path("completed").asLong();
        await(
                "a checkpoint of " + job,
                LOOK,
                () -> checkpoints(job).path("completed").asLong() > before);
    }

    /** Waits until a job is in the middle of a checkpoint, which a job of little state is for a moment. */
    void awaitCheckpointInProgress(String job) throws IOException, InterruptedException {
        CheckpointFolder folder = checkpointFolder(job);
        long before = folder.lastBegun();
        await("a checkpoint of " + job + " that is begun", GLANCE, () -> folder.isBegunAfter(before));
    }

    /** Waits until a job has stopped for good, and returns why. */
    String awaitFailed(String job) throws InterruptedException {
        String id = jobs.id(job);
        await(
                "the end of " + job,
                LOOK,
                () -> "FAILED".equals(metrics.states(Set.of(id)).get(id)));
        return metrics.lastError(id);
    }

    /** Returns the last checkpoint that Flink left on disk for a job. */
    String retainedCheckpoint(String job) throws IOException {
        return checkpointFolder(job).lastComplete();
    }

    /** Submits a job, with further settings from now on; a null savepoint begins it anew. */
    void submit(String job, @Nullable String savepoint, Map<String, String> more)
            throws IOException, InterruptedException {
        settings(job).putAll(more);
        jobs.submit(job, settings(job), savepoint);
    }

    /**
     * Takes a savepoint of a job, and returns its address.
     *
     * @param stop whether the job ends with it
     */
    String savepoint(String job, boolean stop) {
        FlinkJobs flink = flink();
        return flink.savepoint(flink.live(jobs.id(job)), null, stop, SAVEPOINT, this::say);
    }

    /** Stops a job with a savepoint and lets it go on from there. */
    void resume(String job, Map<String, String> more) throws IOException, InterruptedException {
        submit(job, savepoint(job, true), more);
        say(job + " went on from a savepoint with " + more);
    }

    void cancel(String job) {
        FlinkJobs flink = flink();
        flink.cancel(flink.live(jobs.id(job)), PATIENCE);
    }

    /** Returns what went wrong last with the jobs; empty if nothing did. */
    String errors() {
        return jobs.errors();
    }

    /** Returns the processes of the TaskManagers that a job runs on. */
    List<String> taskManagers(String job) {
        FlinkJobs flink = flink();
        Set<String> ids = flink.taskManagers(flink.live(jobs.id(job)));
        List<String> names = Strikes.TASK_MANAGERS.stream()
                .filter(name -> ids.stream().anyMatch(id -> ("flink-" + id).startsWith(name + "-")))
                .toList();
        if (names.isEmpty()) {
            throw new CommandFailure("Flink names no TaskManager of this cluster for " + job + ", but " + ids);
        }
        return names;
    }

    /** Returns how many checkpoints of a job were completed. */
    long completedCheckpoints(String job) {
        return checkpoints(job).path("completed").asLong();
    }

    /** Returns how many checkpoints of a job have failed. */
    long failedCheckpoints(String job) {
        return checkpoints(job).path("failed").asLong();
    }

    private CheckpointFolder checkpointFolder(String job) {
        return new CheckpointFolder(data().checkpoints().resolve(jobs.id(job)));
    }

    private JsonNode checkpoints(String job) {
        FlinkJobs flink = flink();
        return flink.checkpoints(flink.live(jobs.id(job)));
    }

    private FlinkJobs flink() {
        return new FlinkJobs(new FlinkRest(URI.create(addresses().flinkUrl())));
    }

    private Map<String, String> settings(String job) {
        return requireNonNull(settings.get(job), job);
    }

    void await(String what, Duration between, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                requireLoad();
                if (System.nanoTime() > end) {
                    throw new CommandFailure(what + " did not come within " + PATIENCE.toSeconds() + " s; "
                            + jobs.state() + "\n" + jobs.errors());
                }
                pause(between);
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireLoad() {
        if (!isHealthy.getAsBoolean()) {
            complain.run();
        }
    }

    private static boolean pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
        return false;
    }
}
