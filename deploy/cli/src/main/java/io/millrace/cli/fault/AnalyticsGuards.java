package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.ANALYTICS;

import io.millrace.shop.check.TopicReader;
import io.millrace.shop.visitors.check.VisitorTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What keeps the analytics of what visitors do right. Each can be switched off from outside: the job knows nothing of it. */
final class AnalyticsGuards {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String DETECTED = "kafka.high-value-user-detected";
    private static final String PAGES = "clickhouse.page_views_5min";

    /** That a job goes on where it was. */
    static final Guard POSITION =
            Guard.of("position", "the job forgets where it was", PAGES, AnalyticsGuards::losePosition);

    static final List<Guard> ALL = List.of(
            POSITION,
            Guard.of(
                    "state",
                    "the job goes on where it was, with nothing of what it knew",
                    "clickhouse.sessions",
                    AnalyticsGuards::loseState),
            Guard.of(
                    "commit",
                    "the job goes back behind what it has committed",
                    DETECTED,
                    AnalyticsGuards::goBackBehindCommits),
            new Guard(
                    "versions",
                    "tables and keys keep what is written last, and are written as an earlier attempt would",
                    List.of(PAGES, "redis.user_activity", "redis.live_counters"),
                    AnalyticsGuards::forgetVersions,
                    AnalyticsGuards::forgetKeyVersions),
            Guard.of(
                    "names",
                    "events do not say their names, and some are told twice",
                    PAGES,
                    scene -> scene.visitors().nameNothing()));

    private AnalyticsGuards() {}

    static List<String> names() {
        return ALL.stream().map(Guard::name).toList();
    }

    /** What visitors do meanwhile is counted by nobody. */
    private static void losePosition(Scene scene) throws IOException, InterruptedException {
        scene.jobs().cancel(ANALYTICS);
        scene.elapse(JobFaultRun.AFTER);
        scene.jobs().submit(ANALYTICS, null, Map.of("source.kafka.start", "latest"));
    }

    /** Each record is read, but windows and sessions that had begun have lost what came before. */
    private static void loseState(Scene scene) throws IOException, InterruptedException {
        scene.jobs().cancel(ANALYTICS);
        scene.jobs().submit(ANALYTICS, null, Map.of("source.kafka.start", "group-offsets"));
    }

    /** Versioned results end as they are; who was told of since then is told of again. */
    private static void goBackBehindCommits(Scene scene) throws IOException, InterruptedException {
        String savepoint = scene.jobs().savepoint(ANALYTICS, false);
        long before = detected(scene);
        scene.await("the next high-value user", LOOK, () -> detected(scene) > before);
        scene.jobs().cancel(ANALYTICS);
        scene.jobs().submit(ANALYTICS, savepoint, Map.of());
    }

    private static void forgetVersions(Scene scene) throws InterruptedException {
        scene.visitors().forgetVersions();
        scene.visitors().writeEarlierRows();
        scene.await("the key of a user", LOOK, scene.visitors()::noteKeys);
    }

    /** Counters are written each second: only what comes when the job has ended is seen. */
    private static void forgetKeyVersions(Scene scene) throws IOException, InterruptedException {
        scene.await("the last keys", LOOK, scene.visitors()::haveRightKeys);
        scene.jobs().cancel(ANALYTICS);
        scene.visitors().forgetKeyVersions();
        scene.visitors().writeEarlierKeys();
    }

    private static long detected(Scene scene) {
        AtomicLong count = new AtomicLong();
        new TopicReader(
                        scene.addresses().kafkaBootstrap(),
                        VisitorTargets.Told.standard().detected())
                .readOn(record -> count.incrementAndGet());
        return count.get();
    }
}
