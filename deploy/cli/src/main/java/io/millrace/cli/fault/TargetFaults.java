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
                outage("clickhouse", waits),
                Fault.of(
                                "freeze-clickhouse",
                                "ClickHouse is frozen while it writes, and its answers come too late",
                                "what is written twice counts once",
                                scene -> Strikes.freeze(scene, "clickhouse", LOST))
                        .with("targets.clickhouse.request-timeout", "3 s"),
                outage("redis", waits),
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
        URI settings = URI.create(scene.addresses().elasticsearchUrl() + "/_cluster/settings");
        String body = "{\"transient\":{\"network.breaker.inflight_requests.limit\":" + size + "}}";
        HttpRequest request = HttpRequest.newBuilder(settings)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new CommandFailure("Elasticsearch answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static void wipe(Scene scene) throws IOException, InterruptedException {
        scene.cancel(SYNC);
        try (Jedis redis = new Jedis(URI.create(scene.addresses().redisUri()))) {
            redis.flushAll();
        }
        scene.say("wiped redis");
        scene.submit(SYNC, null, Map.of());
        scene.say("began " + SYNC + " anew");
    }
}
