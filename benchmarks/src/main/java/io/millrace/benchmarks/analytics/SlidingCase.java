package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.local.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users did within an hour, every 5 minutes; and page views with as many keys, in windows that do not overlap. */
final class SlidingCase implements AnalyticsCase {

    static final String RESULT = "activity";

    /** Name of our own job of tumbling windows over as many events, keys and slices. */
    static final String TUMBLING = "millrace, tumbling";

    private static final int USERS = 10_000;
    private static final int HOURS = 6;
    private static final double DATASTREAM = 5;
    private static final double SQL = 1.5;

    @Override
    public String name() {
        return "sliding";
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
        PageViewEvents views = new PageViewEvents(USERS, USERS, span);
        scene.topics().fill(views, events, span, scene.plan().seed());
        ActionEvents actions = new ActionEvents(USERS, span);
        String digest = scene.topics().fill(actions, events, span, scene.plan().seed());
        int port = scene.addresses().redisPort();
        Work ours = new Work(actions.topic(), events, new ActivityTarget(port, actions.expected(), span, events, true));
        Work theirs = ours.into(new ActivityTarget(port, actions.expected(), span, events, false));
        Work tumbling =
                new Work(views.topic(), events, new PageViewsTarget(scene.warehouse(), views.expected(), span, true));
        Peers peers = new Peers(scene);
        return new Contest(
                name(),
                List.of(
                        FlinkContender.ours("millrace", scene, JobFile.of(RESULT), ours),
                        peers.flink("datastream-sliding", "datastream-sliding", theirs, Map.of()),
                        peers.flink("flink-sql-hop", "sql-hop", theirs, Map.of()),
                        FlinkContender.ours(TUMBLING, scene, JobFile.of(TumblingCase.RESULT), tumbling)),
                Map.of("datastream-sliding", DATASTREAM, "flink-sql-hop", SQL),
                events + " actions of " + USERS + " users in " + HOURS + " h, SHA-256 " + digest + "…");
    }
}
