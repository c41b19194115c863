package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.JobInProcess;
import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that could not run, or would make tables of its own, is not started, and is told everything that is wrong. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
class PreflightIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Test
    void tellsEverythingThatIsMissingAtOnce(Addresses addresses, @InjectMiniCluster MiniCluster cluster) {
        Topics topics = Topics.make(addresses, "preflight");
        String yaml = in("nowhere", topics).replace("preflight-late", "preflight-nothing");

        assertThatThrownBy(() -> JobInProcess.start(cluster, yaml, null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("topics.preflight-nothing")
                .hasMessageContaining("targets.clickhouse.database")
                .hasMessageContaining("is nowhere")
                .hasMessageContaining("page_views_5min")
                .hasMessageContaining("revenue_1min")
                .hasMessageContaining("revenue_1h")
                .hasMessageContaining("request_latency_1min")
                .hasMessageContaining("search_terms_5min")
                .hasMessageContaining("sessions")
                .hasMessageContaining("experiment_results")
                .hasMessageContaining("late_events")
                .hasMessageContaining("run ./millrace migrate");
    }

    @Test
    void refusesATableThatAJobHasMade(Addresses addresses, @InjectMiniCluster MiniCluster cluster) throws Exception {
        Topics topics = Topics.make(addresses, "preflight-made");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), "preflight_made");
        warehouse.read("CREATE OR REPLACE TABLE preflight_made.sessions (session_start DateTime64(3, 'UTC'),"
                + " session_id String, steps Int64, _version UInt64, _is_deleted UInt8)"
                + " ENGINE = ReplacingMergeTree(_version, _is_deleted) ORDER BY (session_start, session_id)");

        assertThatThrownBy(() -> JobInProcess.start(cluster, in("preflight_made", topics), null))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("`tables.sessions` has no column entry_page")
                .hasMessageContaining("`tables.sessions` has no partitions");
    }

    /** Needs no more than what is wanted, and runs in whatever database that is. */
    @Test
    void asksForTheTablesOfWhatIsWantedAlone(Addresses addresses, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        Topics topics = Topics.make(addresses, "preflight-wanted");
        Warehouse warehouse = Warehouse.migrated(addresses.clickhouseUrl(), "preflight_wanted");
        warehouse.read("DROP TABLE preflight_wanted.sessions");
        String yaml = in("preflight_wanted", topics) + "results: [page-views, activity, live]\n";

        JobInProcess.start(cluster, yaml, null).close();
    }

    private static String in(String database, Topics topics) {
        return topics.yaml(0).replace("clickhouse: {", "clickhouse: {database: " + database + ", ");
    }
}
