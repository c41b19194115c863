package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.local.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Views and visitors of pages in 5 minutes. */
final class TumblingCase implements AnalyticsCase {

    static final String RESULT = "page-views";

    private static final int PAGES = 1_000;
    private static final int USERS = 50_000;
    private static final int HOURS = 6;
    private static final double PEER = 3;
    private static final double LIMIT = 0.6;

    @Override
    public String name() {
        return "tumbling";
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
        PageViewEvents views = new PageViewEvents(PAGES, USERS, span);
        String digest = scene.topics().fill(views, events, span, scene.plan().seed());
        PageViewsTarget target = new PageViewsTarget(scene.warehouse(), views.expected(), span, true);
        Work work = new Work(views.topic(), events, target);
        Work viewsAlone = work.into(new PageViewsTarget(target.warehouse(), target.expected(), span, false));
        Peers peers = new Peers(scene);
        return new Contest(
                name(),
                List.of(
                        FlinkContender.ours("millrace", scene, JobFile.of(RESULT), work),
                        peers.kafkaStreams("kafka-streams", work, true),
                        peers.kafkaStreams("kafka-streams, views alone", viewsAlone, false),
                        peers.flink("flink-sql", "sql-tumble", work, Map.of("bench.visitors", "true")),
                        peers.flink(
                                "flink-sql, views alone", "sql-tumble", viewsAlone, Map.of("bench.visitors", "false")),
                        peers.kafkaJs(work),
                        new CompositeLimit(scene, views.topic(), events)),
                Map.of("kafka-streams", PEER, "flink-sql", PEER, CompositeLimit.NAME, LIMIT),
                events + " views of " + PAGES + " pages in " + HOURS + " h, "
                        + target.expected().size() + " rows, SHA-256 " + digest + "…");
    }
}
