package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.SYNC;

import io.millrace.cli.CommandFailure;
import io.millrace.local.Server;
import java.io.IOException;
import java.time.Duration;

/** Targets whose disk is full. The job must wait, so that no checkpoint of it is completed meanwhile. */
final class FullTargets {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** In which what was on its way to the disk has arrived, or has failed. */
    private static final Duration WRITES = Duration.ofSeconds(8);

    /** What is left of 256 MiB at Elasticsearch's flood stage, and what the fault leaves of it, in bytes. */
    private static final String FLOOD = "64mb";

    private static final long BELOW_FLOOD = 32L << 20;

    private static final String WATCHED = """
            {"cluster.info.update.interval": "10s",
             "cluster.routing.allocation.disk.threshold_enabled": true,
             "cluster.routing.allocation.disk.watermark.low": "96mb",
             "cluster.routing.allocation.disk.watermark.high": "80mb",
             "cluster.routing.allocation.disk.watermark.flood_stage": "%s"}
            """.formatted(FLOOD);

    private static final String BLOCK = "/_all/_settings/index.blocks.read_only_allow_delete?flat_settings=true";
    private static final String BLOCKED = "\"index.blocks.read_only_allow_delete\":\"true\"";

    private FullTargets() {}

    /** @param job that writes there all the time */
    static Fault clickhouse(String job, String holds) {
        return full(job, Server.CLICKHOUSE, "ClickHouse", holds);
    }

    /** @param job that writes there all the time */
    static Fault redis(String job, String holds) {
        return full(job, Server.REDIS, "Redis", holds);
    }

    /** Of the sync's. The local run has switched the watermarks off; without them, a shard would fail for good. */
    static Fault elasticsearch(String holds) {
        return Fault.of(
                        "fill-elasticsearch",
                        "the disk under Elasticsearch reaches the flood stage, at which it refuses to write, for "
                                + Strikes.FULL.toSeconds() + " s (mounts a small one, so it takes root)",
                        holds,
                        FullTargets::flood)
                .after(scene -> {
                    SmallDisk.mountUnder(scene, Server.ELASTICSEARCH);
                    TargetFaults.setCluster(scene, WATCHED);
                });
    }

    private static Fault full(String job, Server server, String name, String holds) {
        return Fault.of(
                        "fill-" + server.label(),
                        "the disk under " + name + " is full for " + Strikes.FULL.toSeconds()
                                + " s (mounts a small one, so it takes root)",
                        holds,
                        scene -> fill(scene, job, server, name))
                .after(scene -> SmallDisk.mountUnder(scene, server));
    }

    private static void fill(Scene scene, String job, Server server, String name)
            throws IOException, InterruptedException {
        SmallDisk disk = SmallDisk.under(scene, server);
        disk.fill();
        scene.say("the disk under " + name + " is full");
        keepFull(scene, disk, WRITES);
        long before = scene.jobs().completedCheckpoints(job);
        keepFull(scene, disk, Strikes.FULL.minus(WRITES));
        requireNoneSince(scene, job, before);
        disk.free();
        scene.say("the disk under " + name + " has room again");
        scene.jobs().awaitCheckpoint(job);
    }

    /** A server that cannot finish a file removes it. */
    private static void keepFull(Scene scene, SmallDisk disk, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            disk.fill();
            scene.elapse(LOOK);
        }
    }

    private static void flood(Scene scene) throws IOException, InterruptedException {
        SmallDisk disk = SmallDisk.under(scene, Server.ELASTICSEARCH);
        disk.fill(BELOW_FLOOD);
        scene.say("the disk under Elasticsearch is nearly full");
        scene.await("the flood stage of Elasticsearch", LOOK, () -> isFlooded(scene));
        scene.say("elasticsearch refuses to write");
        scene.elapse(WRITES);
        long before = scene.jobs().completedCheckpoints(SYNC);
        scene.elapse(Strikes.FULL.minus(WRITES));
        requireNoneSince(scene, SYNC, before);
        disk.free();
        scene.say("the disk under Elasticsearch has room again");
        scene.await("the end of the flood stage", LOOK, () -> !isFlooded(scene));
        scene.say("elasticsearch writes again");
        scene.jobs().awaitCheckpoint(SYNC);
    }

    private static boolean isFlooded(Scene scene) throws IOException, InterruptedException {
        return TargetFaults.elasticsearch(scene, BLOCK).contains(BLOCKED);
    }

    private static void requireNoneSince(Scene scene, String job, long before) {
        long more = scene.jobs().completedCheckpoints(job) - before;
        if (more > 0) {
            throw new CommandFailure(more + " checkpoints of " + job + " were completed on a full disk");
        }
    }
}
