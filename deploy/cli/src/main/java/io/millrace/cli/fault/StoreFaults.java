package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import io.millrace.cli.Workspace;
import io.millrace.cli.pipeline.PipelineServers;
import io.millrace.local.ObjectStore;
import io.millrace.local.process.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What can be done to a store that speaks S3, in which the archive is for these faults instead of in a folder. */
final class StoreFaults {

    /** Where the archive is. */
    static final String ADDRESS = "s3://" + ObjectStore.BUCKET + "/demo";

    /** After which Flink's plugin does not wait for an answer any more: much shorter than the store is frozen. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String WHO = "the object store, which has the archive,";
    private static final String HOLDS = JobFaults.WAITS + "; nobody saw a part of a file";
    private static final String AWAY = JobFaults.AWAY.toSeconds() + " s";

    static final List<Fault> ALL = List.of(
            Fault.of(
                            "stop-store",
                            "kill -9 of " + WHO + " during a checkpoint, back after " + AWAY,
                            HOLDS,
                            StoreFaults::stop)
                    .inStore(),
            Fault.of(
                            "freeze-store",
                            WHO + " is frozen during a checkpoint for " + AWAY + ", and its answers come too late",
                            HOLDS,
                            StoreFaults::freeze)
                    .inStore());

    private StoreFaults() {}

    /** Starts a store that goes with the scene, and Flink again, which finds it from then on. */
    static ObjectStore open(Workspace workspace, PipelineServers servers, Leftovers leftovers)
            throws IOException, InterruptedException {
        Path program = workspace.runs().resolve("object-store");
        Path objects = servers.data().root().resolve("audit").resolve("objects");
        ObjectStore store = ObjectStore.start(servers.data(), program, objects);
        leftovers.add(store::kill);
        servers.restartFlink(store.flinkSettings(PATIENCE));
        return store;
    }

    private static void stop(Scene scene) throws IOException, InterruptedException {
        ObjectStore store = scene.store();
        awaitMoment(scene);
        store.kill();
        scene.say("killed the object store");
        AuditFaults.elapseWithoutCheckpoint(scene, JobFaults.AWAY, "while its store was away");
        store.startAgain();
        scene.say("the object store is back");
        scene.jobs().awaitCheckpoint(AUDIT);
    }

    private static void freeze(Scene scene) throws IOException, InterruptedException {
        ObjectStore store = scene.store();
        awaitMoment(scene);
        store.signal(Signal.STOP);
        try {
            scene.say("froze the object store");
            AuditFaults.elapseWithoutCheckpoint(scene, JobFaults.AWAY, "while its store was frozen");
        } finally {
            // or the reader would wait for it to the end
            store.signal(Signal.CONT);
        }
        scene.say("thawed the object store");
        scene.jobs().awaitCheckpoint(AUDIT);
    }

    private static void awaitMoment(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(JobFaults.LONGEST_WAIT));
        scene.jobs().awaitCheckpointInProgress(AUDIT);
    }
}
