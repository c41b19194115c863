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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a TaskManager's death in the midst of it leaves of the results. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
class KilledTaskManagerIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int USERS = 300;

    /** Of yesterday: what is older than some months, ClickHouse does not keep. */
    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS);

    @Test
    void everyViewIsCountedAndEveryUserToldOfOnce(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Topics topics = Topics.make(addresses, "killed");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl());
        String rows =
                "SELECT view_count FROM millrace.page_views_5min_current WHERE page_url = '" + topics.page() + "'";
        try (JobInProcess job = JobInProcess.start(cluster, topics.yaml(0), null)) {
            topics.actions(each("{\"eventId\":\"e%1$d\",\"userId\":\"killed-%1$d\",\"type\":\"purchase\",\"amount\":1,"
                    + "\"currency\":\"EUR\",\"timestamp\":\"%2$s\"}"));
            topics.actionTime(noon.plusSeconds(300));
            await("the first are told of")
                    .atMost(PATIENCE)
                    .until(() -> !topics.highValueUsers().isEmpty());
            topics.views(each("{\"pageUrl\":\"/killed\",\"timestamp\":\"%2$s\",\"userId\":\"%1$d\"}"));
            cluster.terminateTaskManager(0).get();
            topics.time(noon.plusSeconds(300));
            topics.actionTime(noon.plusSeconds(600));
            cluster.startTaskManager();

            await("every view").atMost(PATIENCE).until(() -> warehouse.read(rows), List.of("" + USERS)::equals);
            await("every user")
                    .atMost(PATIENCE)
                    .until(() -> topics.highValueUsers().size() >= USERS);
            job.stop();
        }

        assertThat(topics.highValueUsers()).hasSize(USERS);
    }

    /** Returns an event of each user, of one minute. */
    private List<String> each(String event) {
        Instant time = noon.plusSeconds(60);
        return IntStream.range(0, USERS)
                .mapToObj(user -> event.formatted(user, time))
                .toList();
    }
}
