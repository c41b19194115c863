package io.millrace.cli.fault;

import static io.millrace.cli.pipeline.PipelineJobs.SYNC;

import io.millrace.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** What happens to the targets. */
final class TargetFaults {

    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration BUSY = Duration.ofSeconds(15);
    private static final Duration LOST = Duration.ofSeconds(12);

    private TargetFaults() {}

    static List<Fault> all() {
        String waits = "the job waits for it, and goes on by itself";
        return List.of(
                outage("elasticsearch", waits),
                Fault.of(
                        "busy-elasticsearch",
                        "Elasticsearch answers 429 to every bulk request for " + BUSY.toSeconds() + " s",
                        waits,
                        TargetFaults::busy),
                FullTargets.elasticsearch(waits),
                outage("clickhouse", waits),
                Fault.of(
                                "freeze-clickhouse",
                                "ClickHouse is frozen while it writes, and its answers come too late",
                                "what is written twice counts once",
                                scene -> Strikes.freeze(scene, "clickhouse", LOST))
                        .with("targets.clickhouse.request-timeout", "3 s"),
                FullTargets.clickhouse(SYNC, waits),
                outage("redis", waits),
                FullTargets.redis(SYNC, waits),
                Fault.of(
                        "wipe-redis",
                        "Redis loses all it holds",
                        "the sync, begun anew at the start of its topics, fills it again",
                        TargetFaults::wipe));
    }

    private static Fault outage(String server, String holds) {
        return Fault.of(
                "stop-" + server,
                "kill -9 of " + server + ", back after " + AWAY.toSeconds() + " s",
                holds,
                scene -> scene.away(server, AWAY));
    }

    private static void busy(Scene scene) throws IOException, InterruptedException {
        limitRequests(scene, "\"2kb\"");
        scene.say("elasticsearch answers 429");
        scene.elapse(BUSY);
        limitRequests(scene, "null");
        scene.say("elasticsearch takes requests again");
    }

    private static void limitRequests(Scene scene, String size) throws IOException, InterruptedException {
        setCluster(scene, "{\"network.breaker.inflight_requests.limit\":" + size + "}");
    }

    /**
     * Changes how Elasticsearch works, as long as it runs.
     *
     * @param settings a JSON object
     */
    static void setCluster(Scene scene, String settings) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(elasticsearchAt(scene, "/_cluster/settings"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"transient\":" + settings + "}")));
    }

    /** Returns what Elasticsearch says there. */
    static String elasticsearch(Scene scene, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(elasticsearchAt(scene, path)));
    }

    private static URI elasticsearchAt(Scene scene, String path) {
        return URI.create(scene.addresses().elasticsearchUrl() + path);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new CommandFailure("Elasticsearch answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static void wipe(Scene scene) throws IOException, InterruptedException {
        scene.jobs().cancel(SYNC);
        try (Jedis redis = new Jedis(URI.create(scene.addresses().redisUri()))) {
            redis.flushAll();
        }
        scene.say("wiped redis");
        scene.jobs().submit(SYNC, null, Map.of());
        scene.say("began " + SYNC + " anew");
    }
}
