package io.millrace.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SavepointsTest {

    private static final FlinkJob JOB = new FlinkJob("j1", "cdc-capture", "RUNNING", true);
    private static final String UNKNOWN_TASK = "TaskManager received a checkpoint request for unknown task 5e20."
            + " Failure reason: Task local checkpoint failure.";

    private static final String STOPPING =
            "org.apache.flink.runtime.scheduler.stopwithsavepoint.StopWithSavepointStoppingException: A savepoint has been"
                    + " created at: file:/s, but the corresponding job j1 ";

    /** What Flink was asked to do. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What becomes of each savepoint. */
    private final Queue<String> operations = new ConcurrentLinkedQueue<>();

    private final List<String> notes = new ArrayList<>();
    private volatile String state = "RUNNING";
    private HttpServer server;
    private Savepoints savepoints;

    @BeforeEach
    void answerAsFlinkDoes() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        FlinkRest rest = new FlinkRest(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        savepoints = new Savepoints(new FlinkJobs(rest), rest, Duration.ZERO, notes::add);
    }

    @AfterEach
    void stopAnswering() {
        server.stop(0);
    }

    @Test
    void asksAgainWhereATaskEndedInThatMoment() {
        operations.add(failed(UNKNOWN_TASK));
        operations.add(failed("Checkpoint was declined (tasks not ready)"));
        operations.add("{\"location\":\"file:/savepoints/savepoint-1\"}");

        assertThat(take()).isEqualTo("file:/savepoints/savepoint-1");

        assertThat(requests).containsExactly("/jobs/j1/stop", "/jobs/j1/stop", "/jobs/j1/stop");
        assertThat(notes)
                .containsExactly(
                        "a task of `cdc-capture` began or ended in the moment of its savepoint (Flink says: Task local"
                                + " checkpoint failure.); asking again, attempt 2 of 5",
                        "a task of `cdc-capture` began or ended in the moment of its savepoint (Flink says: Checkpoint"
                                + " was declined (tasks not ready)); asking again, attempt 3 of 5");
    }

    @Test
    void aTaskThatFailsIsNotAskedAgain() {
        operations.add(failed("Could not complete snapshot 7. Failure reason: Checkpoint was declined."));

        assertFails("the savepoint of `cdc-capture` failed: Could not complete snapshot 7. Failure reason: Checkpoint"
                + " was declined.");

        assertThat(requests).hasSize(1);
        assertThat(notes).isEmpty();
    }

    /** Flink's own words, of a job whose source ended as it was told of the others' watermarks. */
    @Test
    void asksAgainWhereTheJobFailedBehindItsSavepoint() {
        operations.add(
                trace(STOPPING + "failed during stopping. The savepoint is consistent, but might have uncommitted"
                        + " transactions."));
        operations.add("{\"location\":\"file:/savepoints/savepoint-2\"}");

        assertThat(take()).isEqualTo("file:/savepoints/savepoint-2");

        assertThat(requests).hasSize(2);
        assertThat(notes)
                .containsExactly(
                        "`cdc-capture` had its savepoint, but a task failed while it stopped, and it goes on from"
                                + " there; asking again, attempt 2 of 5");
    }

    /** The user is told of the savepoint that there is. */
    @Test
    void aJobThatFailedBehindItsSavepointForGoodIsNotAskedAgain() {
        state = "FAILED";
        operations.add(trace(STOPPING + "failed during stopping."));

        assertFails("the savepoint of `cdc-capture` failed: A savepoint has been created at: file:/s, but the"
                + " corresponding job j1 failed during stopping.");

        assertThat(requests).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void givesUpAfterSomeAttemptsWithFlinksReason() {
        for (int i = 0; i < 6; i++) {
            operations.add(failed("Not all required tasks are currently running."));
        }

        assertFails("the savepoint of `cdc-capture` failed 5 times, the last time: Not all required tasks are currently"
                + " running.");

        assertThat(requests).hasSize(5);
        assertThat(notes).hasSize(4);
    }

    @Test
    void aJobThatHasEndedIsNotAskedAgain() {
        state = "FAILED";
        operations.add(failed(UNKNOWN_TASK));

        assertFails("the savepoint of `cdc-capture` failed: " + UNKNOWN_TASK);

        assertThat(requests).hasSize(1);
        assertThat(notes).isEmpty();
    }

    private String take() {
        return savepoints.take(JOB, null, true, Duration.ofMinutes(1));
    }

    private void assertFails(String message) {
        assertThatThrownBy(this::take).isInstanceOf(CommandFailure.class).hasMessage(message);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = answer(exchange.getRequestMethod(), path).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String answer(String method, String path) {
        if (method.equals("POST")) {
            requests.add(path);
            return "{\"request-id\":\"t" + requests.size() + "\"}";
        }
        if (path.equals("/jobs/overview")) {
            return "{\"jobs\":[{\"jid\":\"j1\",\"name\":\"cdc-capture\",\"state\":\"" + state
                    + "\",\"tasks\":{\"running\":2,\"finished\":1,\"total\":3}}]}";
        }
        return "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":" + operations.remove() + "}";
    }

    private static String failed(String message) {
        return trace("org.apache.flink.runtime.checkpoint.CheckpointException: " + message);
    }

    /** As Flink's REST interface writes it, with the exceptions of futures around. */
    private static String trace(String exception) {
        return "{\"failure-cause\":{\"class\":\"java.util.concurrent.CompletionException\",\"stack-trace\":\""
                + "java.util.concurrent.CompletionException: " + exception
                + "\\n\\tat java.base/java.util.concurrent.CompletableFuture.encodeRelay(CompletableFuture.java:368)"
                + "\\nCaused by: " + exception
                + "\\n\\tat org.apache.flink.runtime.taskexecutor.TaskExecutor.triggerCheckpoint(TaskExecutor.java:1)"
                + "\\n\\t... 9 more\\n\"}}";
    }
}
