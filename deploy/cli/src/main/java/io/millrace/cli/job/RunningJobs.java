package io.millrace.cli.job;

import io.millrace.cli.Workspace;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the running jobs of a Flink cluster say of themselves, for commands that must know it. */
public final class RunningJobs {
    @Mixin
    private final FlinkOptions flink = new FlinkOptions();

    /**
     * The parameters that a job shows.
     *
     * @throws io.millrace.cli.CommandFailure if no such job runs, or Flink cannot be reached
     */
    public Map<String, String> parameters(Workspace workspace, String job) {
        FlinkJobs jobs = new FlinkJobs(new FlinkRest(flink.url(workspace.local())));
        return jobs.parameters(jobs.live(job));
    }
}
