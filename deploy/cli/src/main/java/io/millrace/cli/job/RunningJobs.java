package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the running jobs of a Flink cluster say of themselves, for commands that must know it. */
public final class RunningJobs {
    @Mixin
    private final FlinkOptions flink = new FlinkOptions();

    /**
     * The parameters that a job shows.
     *
     * @throws CommandFailure if no such job runs, or Flink cannot be reached
     */
    public Map<String, String> parameters(Workspace workspace, String job) {
        FlinkRest rest = new FlinkRest(flink.url(workspace.local()));
        String id = new FlinkJobs(rest).live(job).id();
        JsonNode config = rest.get("/jobs/" + id + "/config");
        Map<String, String> parameters = new LinkedHashMap<>();
        config.path("execution-config")
                .path("user-config")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }
}
