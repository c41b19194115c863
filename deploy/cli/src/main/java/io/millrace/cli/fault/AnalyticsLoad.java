package io.millrace.cli.fault;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.cli.pipeline.PipelineSettings;
import io.millrace.cli.pipeline.SiteVisitors;
import io.millrace.cli.topic.Topics;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.visitors.VisitorOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The visitors of a site, whose results are compared with what they did.
 *
 * @param guard that a control switches off
 */
record AnalyticsLoad(SiteVisitors visitors, Guard guard, Map<String, String> settings) implements Load {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);

    static AnalyticsLoad open(Workspace workspace, PipelineServers servers, long seed, Guard guard)
            throws IOException, SQLException {
        Topics.applyLocally(workspace, servers.addresses().kafkaBootstrap(), Map.of());
        return new AnalyticsLoad(
                SiteVisitors.start(workspace, servers.addresses(), VisitorOptions.seeded(seed)),
                guard,
                PipelineSettings.of(servers).analytics());
    }

    @Override
    public void enter(Scene scene) {
        scene.with(visitors);
    }

    @Override
    public boolean isHealthy() {
        return visitors.isHealthy();
    }

    /** From then on some are too late, whatever the job has to read again. */
    @Override
    public void awaitWork(Scene scene) throws InterruptedException {
        scene.await("the first results", LOOK, visitors::haveResults);
    }

    @Override
    public void lose(Scene scene) throws Exception {
        guard.off().on(scene);
        scene.say("control: " + guard.without());
    }

    @Override
    public String stop() {
        return "the site closes; the visitors made " + visitors.stop();
    }

    @Override
    public List<CheckResult> compare(Scene scene, boolean control) throws Exception {
        if (control) {
            scene.await("the last results", LOOK, visitors::haveLastResults);
            guard.atEnd().on(scene);
        }
        return visitors.awaitEqual(control ? FORGOTTEN : DRAIN);
    }

    @Override
    public boolean finds(List<CheckResult> results) {
        return guard.isFound(results);
    }

    @Override
    public void close() {
        visitors.close();
    }
}
