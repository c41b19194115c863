package io.millrace.benchmarks.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.harness.Contest;
import io.millrace.benchmarks.harness.Finding;
import io.millrace.benchmarks.harness.Findings;
import io.millrace.benchmarks.harness.Pairs;
import io.millrace.benchmarks.harness.Run;
import io.millrace.benchmarks.stage.BenchServers;
import io.millrace.cli.Workspace;
import io.millrace.cli.bench.BenchPlan;
import io.millrace.local.LocalServers;
import io.millrace.local.ProjectRoot;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole cases, tiny, on real servers. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AnalyticsCaseIT {

    private static final int EVENTS = 20_000;

    private final StringWriter said = new StringWriter();

    @Test
    void everyContenderCountsTheSameViews(LocalServers servers) throws Exception {
        assertThat(played(new TumblingCase(), servers))
                .extracting(Finding::against)
                .containsOnly(
                        "kafka-streams",
                        "kafka-streams, views alone",
                        "flink-sql",
                        "flink-sql, views alone",
                        "kafkajs",
                        "poll-and-scan");
    }

    @Test
    void everyContenderFindsTheSameUsersOfHighValue(LocalServers servers) throws Exception {
        assertThat(played(new SlidingCase(), servers))
                .extracting(Finding::against)
                .containsOnly("datastream-sliding", "flink-sql-hop", SlidingCase.TUMBLING);
    }

    @Test
    void everyContenderComesToTheSamePercentilesAndARunThatDoesNotIsVoid(LocalServers servers) throws Exception {
        Scene scene = scene(servers);
        assertThat(played(new PercentilesCase(), servers))
                .extracting(Finding::against)
                .containsOnly("list-and-sort", "poll-and-scan");

        SampleEvents others = new SampleEvents(TimeSpan.ofHours(2));
        scene.topics().fill(others, EVENTS, TimeSpan.ofHours(2), 8);
        Map<String, SampleEvents.Row> expected = new HashMap<>(others.expected());
        String some = expected.keySet().iterator().next();
        expected.computeIfPresent(
                some,
                (key, row) -> new SampleEvents.Row(
                        row.requests(),
                        row.errors(),
                        row.millis().stream().map(millis -> millis * 1.02).toList()));
        Work work =
                new Work(others.topic(), EVENTS, new LatencyTarget(scene.warehouse(), expected, TimeSpan.ofHours(2)));
        Run wrong = new Peers(scene)
                .flink("list-and-sort", "list-and-sort", work, Map.of())
                .run();

        assertThat(wrong.isValid()).isFalse();
        assertThat(wrong.wrong()).startsWith("the row of " + some).contains("it must be");
    }

    private List<Finding> played(AnalyticsCase each, LocalServers servers) throws Exception {
        Scene scene = scene(servers);
        Contest contest = each.prepare(scene);
        List<Finding> findings = Findings.of(contest, new Pairs(scene.out()).play(contest, 1));
        assertThat(findings)
                .as("%s", said)
                .allSatisfy(finding -> assertThat(finding.ratio()).isPositive());
        return findings;
    }

    private Scene scene(LocalServers servers) {
        Workspace workspace = new Workspace(ProjectRoot.find(), Map.of());
        BenchPlan plan = new BenchPlan(true, List.of(), 1, null, false, EVENTS, EVENTS, servers.ports(), 1, "bench");
        return new Scene(workspace, plan, new BenchServers(servers), new PrintWriter(said));
    }
}
