package io.millrace.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Workspace;
import io.millrace.local.FlinkCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One job to submit. The configuration travels as text, so that the cluster needs no file.
 *
 * @param jar the job
 * @param config the configuration file, or null
 * @param settings what replaces a value of the file, in order
 * @param savepoint where to start from, or null
 */
public record JobSubmission(
        Path jar,
        @Nullable Path config,
        Map<String, String> settings,
        @Nullable String savepoint) {
    private static final Pattern ACCEPTED = Pattern.compile("JobID ([0-9a-f]{32})");

    /** Begins each line that a job prints about what it could not check before it starts. */
    private static final String NOTE = "note: ";

    /** Linux takes at most 128 KiB in one argument of a program. */
    private static final int LONGEST_ARGUMENT = 128 * 1024 - 1;

    /** Keeps the order of the settings. */
    public JobSubmission {
        settings = new LinkedHashMap<>(settings);
    }

    /**
     * Submits a job of this project to a cluster.
     *
     * @param job the module's name, such as {@code cdc}
     * @param savepoint where to start from, or null
     * @return the id that Flink gave it
     */
    public static String submit(
            Workspace workspace,
            FlinkCommand flink,
            String job,
            Path config,
            Map<String, String> settings,
            @Nullable String savepoint)
            throws IOException, InterruptedException {
        return new JobSubmission(JobJar.find(workspace, job), config, settings, savepoint)
                .to(flink)
                .id();
    }

    /**
     * Submits any jar to a cluster, with what it is told as {@code --set key=value}.
     *
     * @return the id that Flink gave it
     */
    public static String submitJar(FlinkCommand flink, Path jar, Map<String, String> settings)
            throws IOException, InterruptedException {
        return new JobSubmission(jar, null, settings, null).to(flink).id();
    }

    /** The job's name as the configuration says it, if it does. */
    Optional<String> jobName() throws IOException {
        if (settings.containsKey("name")) {
            return Optional.ofNullable(settings.get("name"));
        }
        if (config == null) {
            return Optional.empty();
        }
        JsonNode name = new YAMLMapper().readTree(configText(config)).path("name");
        return name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
    }

    /** What follows {@code flink}. */
    List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--detached"));
        if (savepoint != null) {
            arguments.addAll(List.of("--fromSavepoint", savepoint));
        }
        arguments.add(jar.toString());
        if (config != null) {
            byte[] text = configText(config).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(text);
            if (encoded.length() > LONGEST_ARGUMENT) {
                throw new CommandFailure("--config " + config + " has " + text.length + " bytes; at most "
                        + LONGEST_ARGUMENT / 4 * 3 + " can be passed to Flink: split the job's routes");
            }
            arguments.addAll(List.of("--config-inline", encoded));
        }
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return arguments;
    }

    /**
     * A job that Flink took.
     *
     * @param id that Flink gave it
     * @param notes lines that the job printed about what it could not check
     */
    record Accepted(String id, List<String> notes) {

        /** Reads what Flink's command line printed; empty if it took no job. */
        static Optional<Accepted> in(String output) {
            Matcher accepted = ACCEPTED.matcher(output);
            return accepted.find()
                    ? Optional.of(new Accepted(
                            accepted.group(1),
                            output.lines().filter(line -> line.startsWith(NOTE)).toList()))
                    : Optional.empty();
        }
    }

    /** Submits it. */
    Accepted to(FlinkCommand flink) throws IOException, InterruptedException {
        Process process = flink.process(arguments()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Optional<Accepted> accepted = Accepted.in(output);
        if (code != 0 || accepted.isEmpty()) {
            throw new CommandFailure(
                    "the job was not submitted: " + Failures.rootCause(output), new IllegalStateException(output));
        }
        return accepted.get();
    }

    private static String configText(Path config) throws IOException {
        if (!Files.isRegularFile(config)) {
            throw new CommandFailure("--config " + config + " does not exist or is not a file");
        }
        return Files.readString(config);
    }
}
