package io.millrace.cli.fault;

import static io.millrace.cli.fault.JobFaults.WAITS;
import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can be done to the archive of an audit trail. */
final class AuditFaults {

    private static final Duration HOSTILE = Duration.ofSeconds(8);
    private static final Duration WRITES = Duration.ofSeconds(8);

    static final FaultList ALL =
            new FaultList(Stream.concat(inAFolder(new JobFaults(AUDIT)).stream(), StoreFaults.ALL.stream())
                    .toList());

    private AuditFaults() {}

    private static List<Fault> inAFolder(JobFaults job) {
        String keys = "Postgres, which has the keys";
        String closed = WAITS + "; nothing is written in clear";
        return List.of(
                job.killTaskManager("nobody saw a part of a file"),
                job.killJobManager(),
                job.killFlink(),
                Fault.of(
                        "start-anew",
                        "kill -9 of the JobManager and both TaskManagers; the job begins without any state",
                        "it goes on where the archive ends",
                        AuditFaults::startAnew),
                job.rescale("each record is there once"),
                job.restartKafka(),
                job.freezeKafka(),
                JobFaults.stopped("stop-keys", "postgres", keys, closed),
                JobFaults.frozen("freeze-keys", "postgres", keys + ",", closed),
                JobFaults.stopped("stop-clickhouse", "clickhouse", "ClickHouse, which has the searchable copy", WAITS),
                job.fillDisk(),
                Fault.of(
                                "fill-archive",
                                "the disk under the archive is full for " + Strikes.FULL.toSeconds()
                                        + " s (mounts a small one, so it takes root)",
                                "the job writes nothing until there is room, and goes on by itself",
                                AuditFaults::fillArchive)
                        .after(scene -> SmallDisk.in(archive(scene)).mount(scene)),
                Fault.of(
                        "bad-input",
                        "records that are no events: too large, too deep, cut off, no text, without a key or a value",
                        "each is archived with its bytes, and is one dead letter",
                        AuditFaults::badInput));
    }

    private static void startAnew(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(JobFaults.LONGEST_WAIT));
        Strikes.ALL_OF_FLINK.forEach(name -> scene.process(name).kill());
        scene.say("killed " + String.join(", ", Strikes.ALL_OF_FLINK));
        Strikes.ALL_OF_FLINK.forEach(name -> scene.process(name).start());
        scene.jobs().submit(AUDIT, null, Map.of());
        scene.say("began " + AUDIT + " without its state");
    }

    private static Path archive(Scene scene) {
        return scene.audited().archive().files();
    }

    private static void fillArchive(Scene scene) throws IOException, InterruptedException {
        SmallDisk disk = SmallDisk.in(archive(scene));
        disk.fill();
        scene.say("the archive's disk is full");
        elapseWithoutCheckpoint(scene, Strikes.FULL, "on a full disk");
        disk.free();
        scene.say("the archive's disk has room again");
        scene.jobs().awaitCheckpoint(AUDIT);
    }

    /** Lets time go by under load in which the archive takes nothing, so that soon no checkpoint may be completed. */
    static void elapseWithoutCheckpoint(Scene scene, Duration time, String when) throws InterruptedException {
        // what was on its way has arrived, or has failed
        scene.elapse(WRITES);
        long before = scene.jobs().completedCheckpoints(AUDIT);
        scene.elapse(time.minus(WRITES));
        long more = scene.jobs().completedCheckpoints(AUDIT) - before;
        if (more > 0) {
            throw new CommandFailure(more + " checkpoints of " + AUDIT + " were completed " + when);
        }
    }

    private static void badInput(Scene scene) throws InterruptedException {
        int written = HostileTrail.write(scene.addresses().kafkaBootstrap(), scene.random());
        scene.say("wrote " + written + " records that are no events");
        scene.elapse(HOSTILE);
    }
}
