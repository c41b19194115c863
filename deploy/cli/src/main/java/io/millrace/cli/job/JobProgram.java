package io.millrace.cli.job;

import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.local.DataFolder;
import io.millrace.local.FlinkCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A program that a job's jar has beside the job: it runs here, with Flink's classes, and needs no cluster. */
public final class JobProgram {

    /** Nobody is asked there. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:8081");

    private JobProgram() {}

    /**
     * Runs it to its end.
     *
     * @param job the module's name, such as {@code cdc}
     * @param main the class
     * @param yaml the configuration
     * @param end what a line of its output begins with that is the last
     * @return what it printed, line by line
     */
    public static List<String> run(Workspace workspace, String job, String main, String yaml, String end)
            throws IOException, InterruptedException {
        FlinkCommand flink = new FlinkCommand(new DataFolder(workspace.runs().resolve("client")), NOWHERE);
        List<String> arguments = new ArrayList<>(List.of("run", "--class", main));
        arguments.add(JobJar.find(workspace, job).toString());
        arguments.addAll(
                List.of("--config-inline", Base64.getEncoder().encodeToString(yaml.getBytes(StandardCharsets.UTF_8))));
        ProcessBuilder builder = flink.process(arguments).redirectErrorStream(true);
        builder.environment().putAll(workspace.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        List<String> lines = output.lines().toList();
        if (code != 0 || lines.stream().noneMatch(line -> line.startsWith(end))) {
            throw new CommandFailure(
                    main + " has not come to its end: " + Failures.rootCause(output),
                    new IllegalStateException(output));
        }
        return lines;
    }
}
