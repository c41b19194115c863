package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.CAPTURE;
import static io.millrace.cli.pipeline.PipelineJobs.SYNC;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.cli.pipeline.PipelineTargets;
import io.millrace.cli.topic.Topics;
import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.CheckResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One fault, from the empty shop to the verdict. */
final class FaultRun {

    private static final int USERS = 600;
    private static final int PRODUCTS = 200;
    private static final int ORDERS = 600;
    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final PipelineServers servers;
    private final Leftovers leftovers;
    private final PrintWriter out;

    FaultRun(Workspace workspace, PipelineServers servers, Leftovers leftovers, PrintWriter out) {
        this.workspace = workspace;
        this.servers = servers;
        this.leftovers = leftovers;
        this.out = out;
    }

    /**
     * Plays a fault on servers that run and hold nothing.
     *
     * @param control whether the sync is made to forget where it was, so that the comparison has to fail
     * @return whether the outcome is the one that it must be
     */
    boolean play(Fault fault, long seed, boolean control) throws Exception {
        ShopDatabase database = database();
        PipelineTargets targets = new PipelineTargets(servers.addresses(), database);
        Scene scene = new Scene(workspace, servers, database, settings(fault), new Random(seed), leftovers, out);
        fault.prepare().on(scene);
        openShop(database, targets, seed);
        scene.jobs().submitAll();
        try (ShopWorkload load = ShopWorkload.start(database, WorkloadOptions.seeded(seed))) {
            scene.under(load::isHealthy, load::stop);
            scene.jobs().awaitRunning();
            scene.jobs().awaitCheckpoint(CAPTURE);
            scene.jobs().awaitCheckpoint(SYNC);
            scene.elapse(BEFORE);
            fault.strike().on(scene);
            if (control) {
                forget(scene);
            }
            scene.jobs().awaitRunning();
            scene.elapse(AFTER);
            scene.say("the shop closes; it made " + load.stop());
        }
        List<CheckResult> results = targets.awaitEqual(scene.planted(), control ? FORGOTTEN : DRAIN);
        return Verdict.of(results, control, scene.jobs().errors(), out);
    }

    private Map<String, Map<String, String>> settings(Fault fault) {
        PipelineSettings settings = PipelineSettings.of(servers);
        Map<String, String> sync = new HashMap<>(settings.sync());
        sync.putAll(fault.settings());
        return Map.of(CAPTURE, settings.capture(), SYNC, sync);
    }

    private void openShop(ShopDatabase database, PipelineTargets targets, long seed) throws IOException, SQLException {
        Topics.applyLocally(workspace, servers.addresses().kafkaBootstrap(), Map.of("table", ShopSchema.TABLES));
        ShopSchema.create(database);
        ShopSeed.of(USERS, PRODUCTS, ORDERS, seed).plant(database);
        targets.plantStaleValues(USERS);
    }

    /** What the shop changes meanwhile is carried by nobody. */
    private static void forget(Scene scene) throws IOException, InterruptedException {
        scene.jobs().awaitRunning();
        scene.jobs().cancel(SYNC);
        scene.elapse(AFTER);
        scene.jobs().submit(SYNC, null, Map.of("source.kafka.start", "latest"));
        scene.say("control: " + SYNC + " forgot where it was");
    }

    private ShopDatabase database() {
        Addresses addresses = servers.addresses();
        return new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
    }
}
