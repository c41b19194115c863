package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every query over the pipelines' own metrics, of panels and of alerts, held against what a real cluster shows that runs the
 * jobs; and run by a real Prometheus that scrapes it, where there is one on the {@code PATH}.
 */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.CLICKHOUSE, Server.FLINK})
class PipelinesIT {

    private static final Dashboard BOARD = Dashboard.read("pipelines.json");
    private static final Duration SHOWN = Duration.ofSeconds(20);
    private static final String ALL = ".*";
    private static final String EACH = "(cdc_capture|cdc_sync|analytics)";

    private static Pipelines pipelines;
    private static Exposition exposition;
    private static Optional<Prometheus> prometheus;

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void run(LocalServers servers) throws Exception {
        pipelines = Pipelines.start(servers);
        prometheus = Prometheus.start(servers.ports());
        exposition = pipelines.awaitEverything();
        // for whoever writes a panel
        Files.write(Path.of("target", "metrics.txt"), exposition.lines());
        if (prometheus.isPresent()) {
            prometheus.get().awaitScrapes(SHOWN, pipelines::write);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.ifPresent(Prometheus::close);
        }
        if (pipelines != null) {
            pipelines.close();
        }
    }

    static List<PromQuery> panels() {
        List<PromQuery> queries = new ArrayList<>();
        for (Panel panel : BOARD.panels()) {
            for (JsonNode target : panel.targets()) {
                queries.add(PromQuery.of(panel, target, SHOWN, queries.size() % 2 == 0 ? ALL : EACH));
            }
        }
        return queries;
    }

    static List<PromQuery> alerts() {
        return AlertRules.read().stream().map(PromQuery::ofAlert).toList();
    }

    @Test
    void everyQueryAsksForWhatTheClusterShows() throws Exception {
        List<PromQuery> queries =
                Stream.concat(panels().stream(), alerts().stream()).toList();
        List<Promql.Look> looks =
                Promql.look(queries.stream().map(PromQuery::expression).toList());

        assertThat(queries).hasSizeGreaterThan(45);
        for (int i = 0; i < queries.size(); i++) {
            new QueryCheck(exposition).require(queries.get(i), looks.get(i));
        }
    }

    @Test
    void theVariableListsTheJobs() {
        String query = BOARD.variables().get(1).at("/query/query").asText();

        assertThat(query).isEqualTo("label_values(flink_jobmanager_job_numRestarts, job_name)");
        assertThat(exposition.series().stream()
                        .filter(each -> each.metric().equals("flink_jobmanager_job_numRestarts"))
                        .map(each -> each.labels().get("job_name")))
                .containsExactlyInAnyOrder("cdc_capture", "cdc_sync", "analytics", "audit");
    }

    @Test
    void aQueryIsBrokenThatNamesAMetricOrALabelThatIsNone() {
        QueryCheck check = new QueryCheck(exposition);
        PromQuery read = panels().stream()
                .filter(query -> query.of().equals("Read A"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> check.require(read.with("recordsIn", "recordsRead")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("recordsRead");
        assertThatThrownBy(() -> check.require(read.with("job_name=~", "job=~").with(ALL, "nobody")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> check.require(read.with("(job_name, table)", "(job_name, topic)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> check.require(read.with("(job_name, table)", "(job_name)")))
                .as("the legend speaks of the table")
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("table");
    }

    @Test
    void aQueryIsBrokenThatIsNoPromql() {
        QueryCheck check = new QueryCheck(exposition);
        PromQuery read = panels().stream()
                .filter(query -> query.of().equals("Read A"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> check.require(read.with("[10s]", "")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected type matrix");
        assertThatThrownBy(() -> check.require(read.with("]))", "])")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not understood");
    }

    @ParameterizedTest
    @MethodSource("panels")
    void prometheusHasDataForThePanel(PromQuery query) throws Exception {
        assumeTrue(prometheus.isPresent(), "there is no prometheus on the PATH");

        List<JsonNode> series = prometheus.get().range(query.expression(), SHOWN);

        assertThat(series).as(query.expression()).isNotEmpty();
        assertThat(series).allSatisfy(each -> {
            for (String label : query.mentioned()) {
                assertThat(each.path("metric").has(label)).as(label).isTrue();
            }
        });
    }

    @Test
    void prometheusEvaluatesEveryAlert() throws Exception {
        assumeTrue(prometheus.isPresent(), "there is no prometheus on the PATH");

        assertThat(prometheus.get().rules())
                .hasSameSizeAs(AlertRules.read())
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @Test
    void prometheusShowsNothingOfAMetricThatIsNone() throws Exception {
        assumeTrue(prometheus.isPresent(), "there is no prometheus on the PATH");

        assertThat(prometheus.get().range("sum(rate(flink_nothing[10s]))", SHOWN))
                .isEmpty();
        assertThatThrownBy(() -> prometheus.get().range("rate(up)", SHOWN)).hasMessageContaining("range vector");
    }
}
