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
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What came too late, counted per window, on the real servers. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
class LateEventsIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DATABASE = "late_rows";

    /** Noon of yesterday: what is older than some months, ClickHouse does not keep. */
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS);

    /** Twice as an attempt after one that failed, which nobody remembers, and then as a replay with the next generation. */
    @Test
    void areOneRowEachHoweverOftenTheyAreRead(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Topics topics = Topics.make(addresses, "late-rows");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), DATABASE);
        topics.views(List.of(view(topics.page(), 0)));
        topics.time(start.plusSeconds(301));
        topics.time(start.plusSeconds(601));
        String savepoint;
        try (JobInProcess job = JobInProcess.start(cluster, yaml(topics, 0), null)) {
            await("the window behind the one that is closed")
                    .atMost(PATIENCE)
                    .until(() -> !warehouse
                            .read("SELECT 1 FROM " + DATABASE + ".page_views_5min_current WHERE page_url = '"
                                    + topics.clock() + "'")
                            .isEmpty());
            savepoint = job.stop();
        }
        assertThat(rows(warehouse)).isEmpty();
        topics.views(List.of(view(topics.page(), 7), view(topics.page(), 8), view(topics.page(), 299)));
        for (int attempt = 1; attempt <= 3; attempt++) {
            int told = 3 * attempt;
            int generation = attempt / 3;
            try (JobInProcess job = JobInProcess.start(cluster, yaml(topics, generation), savepoint)) {
                await("attempt " + attempt)
                        .atMost(PATIENCE)
                        .until(() -> topics.late().size() >= told);
                // what was told is written by then
                job.stop();
            }

            assertThat(rows(warehouse))
                    .as("after attempt %s", attempt)
                    .containsExactly(
                            "page_views_5min\t12:00\t/late-rows\tlate-rows-views\t0\t12:00:07",
                            "page_views_5min\t12:00\t/late-rows\tlate-rows-views\t1\t12:00:08",
                            "page_views_5min\t12:00\t/late-rows\tlate-rows-views\t0\t12:04:59");
            assertThat(warehouse.read("SELECT result, formatDateTime(window_start, '%H:%i'), events, latest_ms >= 60000"
                            + " FROM " + DATABASE + ".late_events_per_window"))
                    .as("after attempt %s", attempt)
                    .containsExactly("page_views_5min\t12:00\t3\t1");
            assertThat(warehouse.read(
                            "SELECT DISTINCT bitShiftRight(_version, 55) FROM " + DATABASE + ".late_events FINAL"))
                    .as("the generation after attempt %s", attempt)
                    .containsExactly(Integer.toString(generation));
        }
    }

    /** ClickHouse refuses an insert of more than 100 partitions, and the job would try it for ever. */
    @Test
    void takesEventsOfAllYearsInOneInsert(Addresses addresses) throws Exception {
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), "late_years");

        warehouse.read("INSERT INTO late_years.late_events (result, window_start, key, topic, partition, offset,"
                + " event_time, late_ms, _version) SELECT 'page_views_5min', at, '/', 'page-views', 0, number, at, 60000, 60001"
                + " FROM (SELECT number, toDateTime64(concat(toString(1970 + number % 127), '-06-01 00:00:00'), 3, 'UTC')"
                + " AS at FROM numbers(254))");

        assertThat(warehouse.read("SELECT count(), sum(events), min(toYear(window_start)), max(toYear(window_start))"
                        + " FROM late_years.late_events_per_window"))
                .containsExactly("127\t254\t1970\t2096");
    }

    private static List<String> rows(Warehouse warehouse) {
        return warehouse.read("SELECT result, formatDateTime(window_start, '%H:%i'), key, topic, partition,"
                + " formatDateTime(event_time, '%H:%i:%S') FROM " + DATABASE
                + ".late_events_current ORDER BY event_time");
    }

    private static String yaml(Topics topics, int generation) {
        return topics.yaml(generation).replace("clickhouse: {", "clickhouse: {database: " + DATABASE + ", ");
    }

    private String view(String page, int second) {
        return "{\"eventId\":\"%s at %d\",\"pageUrl\":\"%s\",\"userId\":\"ada\",\"timestamp\":\"%s\"}"
                .formatted(page, second, page, start.plusSeconds(second));
    }
}
