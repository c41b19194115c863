package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.cli.pipeline.SiteVisitors;
import io.millrace.cli.topic.Topics;
import io.millrace.local.Addresses;
import io.millrace.shop.ShopDatabase;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.visitors.VisitorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One fault of the analytics, from the first visitor to the verdict. */
final class AnalyticsFaultRun {

    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);

    private final Workspace workspace;
    private final PipelineServers servers;
    private final Leftovers leftovers;
    private final PrintWriter out;

    AnalyticsFaultRun(Workspace workspace, PipelineServers servers, Leftovers leftovers, PrintWriter out) {
        this.workspace = workspace;
        this.servers = servers;
        this.leftovers = leftovers;
        this.out = out;
    }

    /**
     * Plays a fault on servers that run and hold nothing.
     *
     * @param control whether the job is made to forget where it was, so that the comparison has to fail
     * @return whether the outcome is the one that it must be
     */
    boolean play(Fault fault, long seed, boolean control) throws Exception {
        Addresses addresses = servers.addresses();
        ShopDatabase database =
                new ShopDatabase(addresses.postgresUrl(), addresses.postgresUser(), addresses.postgresPassword());
        Scene scene = new Scene(workspace, servers, database, settings(fault), new Random(seed), leftovers, out);
        fault.prepare().on(scene);
        Topics.applyLocally(workspace, addresses.kafkaBootstrap(), Map.of());
        try (SiteVisitors visitors = SiteVisitors.start(workspace, addresses, VisitorOptions.seeded(seed))) {
            scene.under(visitors::isHealthy, visitors::stop);
            scene.with(visitors);
            scene.submitAll();
            scene.awaitRunning();
            // from here on some are too late, whatever the job has to read again
            scene.await("the first results", LOOK, visitors::haveResults);
            scene.awaitCheckpoint(ANALYTICS);
            scene.elapse(BEFORE);
            fault.strike().on(scene);
            if (control) {
                forget(scene);
            }
            scene.awaitRunning();
            scene.elapse(AFTER);
            scene.say("the site closes; the visitors made " + visitors.stop());
            if (control) {
                // what is missing then is lost, and not on its way
                scene.await("the last results", LOOK, visitors::haveLastResults);
            }
            List<CheckResult> results = visitors.awaitEqual(control ? FORGOTTEN : DRAIN);
            return Verdict.of(results, control, scene.errors(), out);
        }
    }

    private Map<String, Map<String, String>> settings(Fault fault) {
        PipelineSettings settings = new PipelineSettings(
                servers.addresses(),
                servers.data().root().resolve("dead-letters").toUri());
        Map<String, String> analytics = new HashMap<>(settings.analytics());
        analytics.putAll(fault.settings());
        return Map.of(ANALYTICS, analytics);
    }

    /** What visitors do meanwhile is counted by nobody. */
    private static void forget(Scene scene) throws IOException, InterruptedException {
        scene.awaitRunning();
        scene.cancel(ANALYTICS);
        scene.elapse(AFTER);
        scene.submit(ANALYTICS, null, Map.of("source.kafka.start", "latest"));
        scene.say("control: " + ANALYTICS + " forgot where it was");
    }
}
