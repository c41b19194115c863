package io.millrace.cli.fault;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.check.CheckResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One fault of a pipeline of one job, from the first event to the verdict. */
final class JobFaultRun {

    /** How long jobs go on after a fault, or do not while events are lost. */
    static final Duration AFTER = Duration.ofSeconds(8);

    private static final Duration BEFORE = Duration.ofSeconds(3);

    private final String job;
    private final Opening opening;
    private final Workspace workspace;
    private final PipelineServers servers;
    private final Leftovers leftovers;
    private final PrintWriter out;

    /** Lets a load begin on servers that hold nothing, before the job is there. */
    @FunctionalInterface
    interface Opening {
        Load open(Workspace workspace, PipelineServers servers, long seed) throws Exception;
    }

    JobFaultRun(
            String job,
            Opening opening,
            Workspace workspace,
            PipelineServers servers,
            Leftovers leftovers,
            PrintWriter out) {
        this.job = job;
        this.opening = opening;
        this.workspace = workspace;
        this.servers = servers;
        this.leftovers = leftovers;
        this.out = out;
    }

    /**
     * Plays a fault on servers that run and hold nothing.
     *
     * @param control whether something is lost after the fault, so that the comparison has to fail
     * @return whether the outcome is the one that it must be
     */
    boolean play(Fault fault, long seed, boolean control) throws Exception {
        try (Load load = opening.open(workspace, servers, seed)) {
            Scene scene = scene(fault, load, seed);
            scene.under(load::isHealthy, load::stop);
            load.enter(scene);
            fault.prepare().on(scene);
            scene.jobs().submitAll();
            scene.jobs().awaitRunning();
            load.awaitWork(scene);
            scene.jobs().awaitCheckpoint(job);
            scene.elapse(BEFORE);
            fault.strike().on(scene);
            if (control) {
                scene.jobs().awaitRunning();
                load.lose(scene);
            }
            scene.jobs().awaitRunning();
            scene.elapse(AFTER);
            scene.say(load.stop());
            List<CheckResult> results = load.compare(scene, control);
            return Verdict.of(results, control, scene.jobs().errors(), out) && (!control || load.finds(results));
        }
    }

    private Scene scene(Fault fault, Load load, long seed) {
        Addresses addresses = servers.addresses();
        ShopDatabase database =
                new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        Map<String, String> settings = new HashMap<>(load.settings());
        settings.putAll(fault.settings());
        return new Scene(workspace, servers, database, Map.of(job, settings), new Random(seed), leftovers, out);
    }
}
