package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic is deleted and made anew under the job, and holds more than what was read of the old one. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
class RecreatedTopicIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int FEW = 10;
    private static final int MORE = 100;

    @Test
    void aSavepointOfTheOldOneIsRefusedAndAStartWithoutItCountsAll(
            Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Topics topics = Topics.make(addresses, "remade");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl());
        String savepoint;
        try (JobInProcess job = JobInProcess.start(cluster, topics.yaml(0), null)) {
            write(topics, FEW, NOON);
            awaitViews(warehouse, topics, FEW);
            savepoint = job.stop();
        }
        String remade = topics.remakeViews();
        write(topics, MORE, NOON);
        try (JobInProcess job = JobInProcess.submit(cluster, topics.yaml(0), savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + remade + " was deleted and made anew")
                    .contains("Start the job without `--from` and with a `generation` higher by one");
        }
        awaitViews(warehouse, topics, FEW);
        try (JobInProcess job = JobInProcess.start(cluster, topics.yaml(1), null)) {
            awaitViews(warehouse, topics, MORE);
        }
    }

    @Test
    void aRunningJobStops(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Topics topics = Topics.make(addresses, "remaking");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl());
        String yaml = topics.yaml(0).replace("{bootstrap-servers", "{discovery-interval: 1 s, bootstrap-servers");
        try (JobInProcess job = JobInProcess.start(cluster, yaml, null)) {
            write(topics, FEW, NOON);
            awaitViews(warehouse, topics, FEW);
            String remade = topics.remakeViews();
            write(topics, MORE, NOON);

            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + remade + " was deleted and made anew");
        }
    }

    @Test
    void aSavepointIsRefusedAlsoIfTheTopicOfLettersIsAnotherOne(
            Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Topics topics = Topics.make(addresses, "remadeletters");
        Warehouse.migrated(addresses.clickhouseUrl());
        String redrive = topics.makeRedrive();
        String savepoint;
        try (JobInProcess job = JobInProcess.start(cluster, topics.yaml(0), null)) {
            savepoint = job.stop();
        }
        topics.remakeRedrive();
        try (JobInProcess job = JobInProcess.submit(cluster, topics.yaml(0), savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + redrive + " was deleted and made anew")
                    .contains("millrace dlq redrive");
        }
    }

    private static void write(Topics topics, int views, Instant begin) {
        topics.views(IntStream.range(0, views)
                .mapToObj(i -> "{\"pageUrl\":\"%s\",\"userId\":\"%d\",\"timestamp\":\"%s\"}"
                        .formatted(topics.page(), i, begin.plusSeconds(i)))
                .toList());
        topics.time(begin.plusSeconds(301));
    }

    private static void awaitViews(Warehouse warehouse, Topics topics, int views) {
        String rows =
                "SELECT view_count FROM millrace.page_views_5min_current WHERE page_url = '" + topics.page() + "'";
        await("the window of " + views + " views")
                .atMost(PATIENCE)
                .until(() -> warehouse.read(rows), List.of("" + views)::equals);
    }
}
