package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.metrics.Metric;
import io.millrace.common.metrics.MetricNames;
import io.millrace.local.LocalServers;
import io.millrace.local.Port;
import io.millrace.local.Server;
import io.millrace.shop.ShopSeed;
import io.millrace.testing.WithServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Flink's Prometheus reporter shows of both jobs. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.FLINK})
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<Port> REPORTERS =
            List.of(Port.FLINK_TASKMANAGER_1_METRICS, Port.FLINK_TASKMANAGER_2_METRICS);

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalServers servers;

    MetricsIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void everyMetricOfTheInventoryIsReportedButThoseOfWindowsAndArchives() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("metrics", servers)) {
            ShopSeed.of(40, 20, 20, 7).plant(pipeline.database());
            pipeline.capture("at-least-once");
            String sync = pipeline.sync(pipeline.names().topics(), "");
            assertThat(pipeline.flink()
                            .get("/jobs/" + sync + "/config")
                            .at("/execution-config/user-config/millrace.redrive.memory-of-deletions")
                            .asText())
                    .as("what `millrace dlq redrive` asks for")
                    .isEqualTo("PT24H");
            pipeline.assertEqual();
            pipeline.execute("UPDATE users SET logins = logins + 1");
            pipeline.assertEqual();

            Set<String> names = MetricNames.ALL.stream()
                    .filter(metric -> !metric.labels().contains(MetricNames.RESULT))
                    .filter(metric -> !metric.labels().contains(MetricNames.ARCHIVE))
                    .map(Metric::name)
                    .collect(Collectors.toSet());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(names)
                            .allMatch(name -> sum(name + "[^a-z]").matches("\\d.*")));
            await("40 users twice in each target").atMost(PATIENCE).untilAsserted(() -> {
                for (String target : List.of("kafka", "elasticsearch", "redis")) {
                    String labels = "recordsOut\\{[^}]*table=\"public_users\"[^}]*target=\"" + target + "\"";
                    assertThat(sum(labels)).as(target).isEqualTo("80");
                }
            });
            assertThat(Long.parseLong(sum("retainedWalBytes"))).isPositive();
        }
    }

    /** Adds up every line that begins with this metric, over all TaskManagers; empty if there is none. */
    private String sum(String pattern) {
        Pattern line = Pattern.compile(
                "(?m)^flink_taskmanager_job_task_operator_millrace\\w*_?" + pattern + "[^\\n]* ([\\d.E-]+)$");
        boolean found = false;
        double sum = 0;
        for (Port port : REPORTERS) {
            Matcher matcher = line.matcher(scrape(servers.ports().get(port)));
            while (matcher.find()) {
                found = true;
                sum += Double.parseDouble(matcher.group(1));
            }
        }
        return found ? Long.toString(Math.round(sum)) : "";
    }

    private String scrape(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .join()
                .body();
    }
}
