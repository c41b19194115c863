package io.millrace.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkMetricsTest {

    private static final String METRICS = "/jobs/j1/vertices/v1/subtasks/metrics";
    private static final String OUT = "Sink__redis.millrace.table.public_users.target.redis.recordsOut";
    private static final String LATE = "Sink__redis.millrace.table.public_users.target.redis.commitToTargetMillis_p95";
    private static final String DEAD = "parse.millrace.table.unknown.target.parse.deadLettered";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private FlinkMetrics flink;

    @BeforeEach
    void answerAsFlinkDoes() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] body = (answer == null ? "" : answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        flink = new FlinkMetrics("http://127.0.0.1:" + server.getAddress().getPort());
        answers.put("/jobs/overview", "{\"jobs\":[{\"jid\":\"j1\",\"name\":\"cdc-sync\",\"state\":\"RUNNING\"}]}");
    }

    @AfterEach
    void stopAnswering() {
        server.stop(0);
    }

    @Test
    void addsUpWhatTheSubtasksCount() {
        answers.put("/jobs/j1", "{\"vertices\":[{\"id\":\"v1\"}]}");
        answers.put(
                METRICS,
                "[{\"id\":\"" + OUT + "\"},{\"id\":\"" + LATE + "\"},{\"id\":\"" + DEAD
                        + "\"},{\"id\":\"numRecordsIn\"}]");
        answers.put(
                METRICS + "?get=" + OUT + "," + LATE + "," + DEAD,
                "[{\"id\":\"" + OUT + "\",\"min\":1.0,\"max\":9.0,\"avg\":5.0,\"sum\":10.0},{\"id\":\"" + LATE
                        + "\",\"max\":412.7,\"sum\":500.0},{\"id\":\"" + DEAD + "\",\"sum\":1.0}]");
        TargetCounts counts = flink.read(List.of("j1"));
        assertThat(counts.rows("users", "redis")).isEqualTo(10);
        assertThat(counts.rows("redis")).isEqualTo(10);
        assertThat(counts.rows("orders", "redis")).isZero();
        assertThat(counts.latency("redis")).isEqualTo(412.7);
        assertThat(counts.latency("kafka")).isZero();
        assertThat(counts.deadLetters()).isEqualTo(1);
    }

    @Test
    void passesOverALatencyThatNobodyMeasuredYet() {
        answers.put("/jobs/j1", "{\"vertices\":[{\"id\":\"v1\"}]}");
        answers.put(METRICS, "[{\"id\":\"" + LATE + "\"}]");
        answers.put(METRICS + "?get=" + LATE, "[{\"id\":\"" + LATE + "\",\"max\":\"NaN\"}]");
        assertThat(flink.read(List.of("j1")).latency("redis")).isZero();
    }

    @Test
    void tellsTheStateOfEachJob() {
        assertThat(flink.states(List.of("j1", "j2"))).containsExactly(Map.entry("j1", "RUNNING"));
        assertThat(flink.states(List.of("j2"))).isEmpty();
        assertThat(flink.page("j1")).endsWith("/#/job/running/j1/overview");
    }

    @Test
    void quotesTheInnermostCauseOfAFailure() {
        answers.put(
                "/jobs/j1/exceptions?maxExceptions=1",
                "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"a.B: outer\\n\\tat x\\nCaused by: c.D: inner\\n\"}]}}");
        answers.put("/jobs/j2/exceptions?maxExceptions=1", "{\"root-exception\":\"a.B: alone\\n\\tat x\"}");
        assertThat(flink.lastError("j1")).isEqualTo("Caused by: c.D: inner");
        assertThat(flink.lastError("j2")).isEqualTo("a.B: alone");
        assertThat(flink.lastError("j3")).isEmpty();
    }

    @Test
    void leavesOutWhatItCannotHave() {
        answers.clear();
        assertThat(flink.read(List.of("j1")).rows("redis")).isZero();
        assertThat(flink.states(List.of("j1"))).isEmpty();
        server.stop(0);
        assertThat(flink.read(List.of("j1")).deadLetters()).isZero();
    }
}
