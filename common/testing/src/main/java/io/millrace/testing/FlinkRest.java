package io.millrace.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.FlinkCommand;
import io.millrace.local.LocalServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Submits jobs to the Flink cluster of a local run, watches them and ends them. */
public final class FlinkRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STATE_DEADLINE = Duration.ofMinutes(3);
    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FlinkCommand command;
    private final String url;
    private final Map<String, String> environment;

    private FlinkRest(FlinkCommand command, String url, Map<String, String> environment) {
        this.command = command;
        this.url = url;
        this.environment = environment;
    }

    /** Returns the client of a run's cluster. */
    public static FlinkRest of(LocalServers servers) {
        return new FlinkRest(FlinkCommand.of(servers), servers.addresses().flinkUrl(), Map.of());
    }

    /** Returns a client of the same cluster whose command line finds these variables in its environment. */
    public FlinkRest with(Map<String, String> variables) {
        return new FlinkRest(command, url, variables);
    }

    /** Submits a job as {@code flink run -d} does and returns its id. */
    public String submit(Path jar, List<String> arguments) {
        return submit(jar, null, arguments);
    }

    /**
     * Submits a job as {@code flink run -d} does and returns its id.
     *
     * @param savepoint a savepoint or retained checkpoint to start from; null to start empty
     */
    public String submit(Path jar, @Nullable String savepoint, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("run", "-d"));
        if (savepoint != null) {
            line.addAll(List.of("-s", savepoint));
        }
        line.add(jar.toString());
        line.addAll(arguments);
        return find(SUBMITTED, flink(line));
    }

    /** Stops a job with a savepoint, without draining, and returns the savepoint's path. */
    public String stop(String job) {
        String trigger = send(HttpRequest.newBuilder(uri("/jobs/" + job + "/stop"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"drain\": false}")))
                .path("request-id")
                .asText();
        String path = "/jobs/" + job + "/savepoints/" + trigger;
        JsonNode savepoint = await("the savepoint of job " + job)
                .atMost(STATE_DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> get(path),
                        answer -> answer.at("/status/id").asText().equals("COMPLETED"))
                .path("operation");
        if (!savepoint.has("location")) {
            throw new IllegalStateException("Job " + job + " was not stopped: " + savepoint);
        }
        awaitState(job, "FINISHED");
        return savepoint.path("location").asText();
    }

    /** Cancels a job and returns when it is gone. */
    public void cancel(String job) {
        send(HttpRequest.newBuilder(uri("/jobs/" + job + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody()));
        awaitState(job, "CANCELED");
    }

    /** Returns a job's state, such as {@code RUNNING} or {@code RESTARTING}. */
    public String state(String job) {
        return get("/jobs/" + job).path("state").asText();
    }

    /** Waits until all tasks of a job run, or have done what they had to do. */
    public void awaitRunning(String job) {
        await("job " + job + " runs")
                .atMost(STATE_DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> running(job), Boolean::booleanValue);
    }

    /**
     * Waits until a part of a job has read all that there was. A savepoint that is asked for in the moment of its end
     * fails: the JobManager does not know yet that nobody is there to answer.
     *
     * @param part a word of the names of its tasks
     */
    public void awaitFinished(String job, String part) {
        await(part + " of job " + job + " has ended")
                .atMost(STATE_DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> states(job, part),
                        states -> !states.isEmpty() && Set.of("FINISHED").containsAll(states));
    }

    private List<String> states(String job, String part) {
        List<String> states = new ArrayList<>();
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            if (vertex.path("name").asText().contains(part)) {
                states.add(vertex.path("status").asText());
            }
        }
        return states;
    }

    /** Returns how many checkpoints of a job have completed since it was submitted. */
    public long completedCheckpoints(String job) {
        return get("/jobs/" + job + "/checkpoints")
                .path("counts")
                .path("completed")
                .asLong();
    }

    /** Waits until checkpoints that begin after this call have completed: what the job read before is settled. */
    public void awaitCheckpoint(String job) {
        // the one that runs at this moment may have begun before
        long enough = completedCheckpoints(job) + 2;
        await("2 more checkpoints of job " + job)
                .atMost(STATE_DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> completedCheckpoints(job), count -> count >= enough);
    }

    /** Returns how many failures a job was restarted after; Flink remembers the latest 16. */
    public long restarts(String job) {
        return get("/jobs/" + job + "/exceptions?maxExceptions=16")
                .path("exceptionHistory")
                .path("entries")
                .size();
    }

    /** Returns the ids of the jobs that have not ended. */
    public List<String> jobs() {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (!List.of("FINISHED", "CANCELED", "FAILED")
                    .contains(job.path("state").asText())) {
                ids.add(job.path("jid").asText());
            }
        }
        return ids;
    }

    /** Returns a job's last failure as Flink tells it; empty if there was none. */
    public String failure(String job) {
        return get("/jobs/" + job + "/exceptions").path("root-exception").asText("");
    }

    /** Returns the answer to a GET. */
    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /**
     * Runs Flink's command line and returns what it said.
     *
     * @throws IllegalStateException if it fails; the message holds what it said
     */
    public String flink(List<String> arguments) {
        ProcessBuilder line = command.process(arguments);
        line.environment().putAll(environment);
        return CommandLine.run("flink " + arguments.get(0), line);
    }

    private void awaitState(String job, String wanted) {
        await("job " + job + " is " + wanted)
                .atMost(STATE_DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> state(job), wanted::equals);
    }

    private boolean running(String job) {
        JsonNode answer = get("/jobs/" + job);
        if (answer.path("state").asText().equals("FAILED")) {
            throw new IllegalStateException("Job " + job + " failed: " + failure(job));
        }
        boolean all = answer.path("state").asText().equals("RUNNING");
        for (JsonNode vertex : answer.path("vertices")) {
            all &= List.of("RUNNING", "FINISHED").contains(vertex.path("status").asText());
        }
        return all;
    }

    private URI uri(String path) {
        return URI.create(url + path);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        response.uri() + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static String find(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("Flink's answer holds no " + pattern + ":\n" + said);
        }
        return matcher.group(1);
    }
}
