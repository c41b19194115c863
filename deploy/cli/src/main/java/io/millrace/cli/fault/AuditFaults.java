package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.AUDIT;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What can be done to the archive of an audit trail. */
final class AuditFaults {

    static final FaultList ALL = new FaultList(all(new JobFaults(AUDIT)));

    private AuditFaults() {}

    private static List<Fault> all(JobFaults job) {
        return List.of(
                job.killTaskManager("nobody saw a part of a file"),
                Fault.of(
                        "start-anew",
                        "kill -9 of the JobManager and both TaskManagers; the job begins without any state",
                        "it goes on where the archive ends",
                        AuditFaults::startAnew));
    }

    private static void startAnew(Scene scene) throws IOException, InterruptedException {
        scene.elapse(scene.upTo(JobFaults.LONGEST_WAIT));
        Strikes.ALL_OF_FLINK.forEach(name -> scene.process(name).kill());
        scene.say("killed " + String.join(", ", Strikes.ALL_OF_FLINK));
        Strikes.ALL_OF_FLINK.forEach(name -> scene.process(name).start());
        scene.submit(AUDIT, null, Map.of());
        scene.say("began " + AUDIT + " without its state");
    }
}
