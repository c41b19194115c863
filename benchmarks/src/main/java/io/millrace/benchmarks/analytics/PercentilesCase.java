package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.local.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Percentiles of the latency of requests in a minute, which may be 1 % away. */
final class PercentilesCase implements AnalyticsCase {

    private static final String RESULT = "request-latency";
    private static final int HOURS = 2;
    private static final double PEER = 8;
    private static final double LIMIT = 0.5;

    @Override
    public String name() {
        return "percentiles";
    }

    @Override
    public Set<Server> servers() {
        return Set.of(Server.KAFKA, Server.CLICKHOUSE, Server.REDIS);
    }

    @Override
    public Contest prepare(Scene scene) throws Exception {
        long events = scene.plan().rows();
        TimeSpan span = TimeSpan.ofHours(HOURS);
        scene.prepareTopics();
        SampleEvents samples = new SampleEvents(span);
        String digest = scene.topics().fill(samples, events, span, scene.plan().seed());
        Work work = new Work(samples.topic(), events, new LatencyTarget(scene.warehouse(), samples.expected(), span));
        return new Contest(
                name(),
                List.of(
                        FlinkContender.ours("millrace", scene, JobFile.of(RESULT), work),
                        new Peers(scene).flink("list-and-sort", "list-and-sort", work, Map.of()),
                        new CompositeLimit(scene, samples.topic(), events)),
                Map.of("list-and-sort", PEER, CompositeLimit.NAME, LIMIT),
                events + " samples in " + HOURS + " h, no percentile more than 1 % away, SHA-256 " + digest + "…");
    }
}
