package io.millrace.cli.fault;

import static java.util.Objects.requireNonNull;

import io.millrace.cli.Workspace;
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
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
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

    private static final Duration LOOK = Duration.ofMillis(100);

    private final PipelineServers servers;
    private final ShopDatabase database;
    private final SceneClock clock;
    private final SceneJobs jobs;
    private final Set<PlantedRecord> planted = new LinkedHashSet<>();
    private final Random random;
    private final Leftovers leftovers;
    private @Nullable SiteVisitors visitors;
    private @Nullable AuditedShop audited;
    private @Nullable ObjectStore store;

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
        this.random = random;
        this.leftovers = leftovers;
        FlinkMetrics metrics = new FlinkMetrics(servers.addresses().flinkUrl());
        PipelineJobs pipeline = new PipelineJobs(workspace, servers.flink(), metrics, SceneClock::pause);
        this.clock = new SceneClock(pipeline, out);
        this.jobs = new SceneJobs(servers, pipeline, metrics, settings, clock);
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

    /** Returns its jobs, with what is done to them and awaited of them. */
    SceneJobs jobs() {
        return jobs;
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
        clock.say(what);
    }

    /** Does something when everything has stopped. */
    void atEnd(Leftovers.Step step) {
        leftovers.add(step);
    }

    /**
     * Puts the scene under load, which every wait watches.
     *
     * @param healthy whether the load goes on
     * @param failed throws why it does not
     */
    void under(BooleanSupplier healthy, Runnable failed) {
        clock.under(healthy, failed);
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
        clock.elapse(time);
    }

    /**
     * Waits under load for what must come.
     *
     * @param between how long to wait before it is looked for again
     */
    void await(String what, Duration between, Callable<Boolean> condition) throws InterruptedException {
        clock.await(what, between, condition);
    }
}
