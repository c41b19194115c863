package io.millrace.cli.fault;

import static io.millrace.cli.fault.JobFaults.WAITS;

import io.millrace.cli.pipeline.PipelineJobs;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;

/** What can be done to the analytics of what visitors do. */
final class AnalyticsFaults {

    private static final Duration LOST = Duration.ofSeconds(12);
    private static final Duration HOSTILE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    static final FaultList ALL = new FaultList(all(new JobFaults(PipelineJobs.ANALYTICS)));

    private AnalyticsFaults() {}

    private static List<Fault> all(JobFaults job) {
        return List.of(
                job.killTaskManager("who was told of once is not told of again"),
                job.killJobManager(),
                job.killFlink(),
                job.rescale("what was too late stays so, and nothing is counted twice"),
                job.restartKafka(),
                job.freezeKafka(),
                JobFaults.stopped("stop-clickhouse", "clickhouse", "ClickHouse", WAITS),
                Fault.of(
                                "freeze-clickhouse",
                                "ClickHouse is frozen while it writes, and its answers come too late",
                                "what is written twice counts once",
                                scene -> Strikes.freeze(scene, "clickhouse", LOST))
                        .with("targets.clickhouse.request-timeout", "3 s"),
                FullTargets.clickhouse(job.job(), WAITS),
                JobFaults.stopped("stop-redis", "redis", "Redis", WAITS),
                FullTargets.redis(job.job(), WAITS),
                Fault.of(
                        "wipe-redis",
                        "Redis loses all it holds",
                        "counters are whole a second later, and activity with the next window",
                        AnalyticsFaults::wipe),
                Fault.of(
                        "stale-writes",
                        "every row of ClickHouse is written again as it was before its last event, and every key of Redis as"
                                + " it was a while ago, as by an attempt that was thought dead",
                        "a row or key of a lower version changes nothing",
                        AnalyticsFaults::writeEarlier),
                job.fillDisk(),
                Fault.of(
                        "bad-input",
                        "most records are cut off, too deep, too large, of the future or no event, and others have names"
                                + " with quotes, line ends and SQL in them",
                        "each broken record is one dead letter, and every other one is counted",
                        AnalyticsFaults::badInput));
    }

    private static void wipe(Scene scene) {
        try (Jedis redis = new Jedis(URI.create(scene.addresses().redisUri()))) {
            redis.flushAll();
        }
        scene.say("wiped redis");
    }

    private static void writeEarlier(Scene scene) throws IOException, InterruptedException {
        scene.await("the key of a user", LOOK, scene.visitors()::noteKeys);
        scene.elapse(LOST);
        scene.visitors().writeEarlierRows();
        scene.visitors().writeEarlierKeys();
        scene.say("wrote every row as it was before its last event, and every key as it was " + LOST.toSeconds()
                + " s ago");
    }

    private static void badInput(Scene scene) throws InterruptedException {
        scene.visitors().letSomeBeHostile();
        scene.say("visitors are hostile");
        scene.elapse(HOSTILE);
    }
}
