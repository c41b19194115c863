package io.millrace.analytics.proof;

import io.millrace.analytics.JobInProcess;
import io.millrace.local.Addresses;
import io.millrace.local.Server;
import io.millrace.testing.Warehouse;
import io.millrace.testing.WithServers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the job on the real servers; each class has a cluster of two slots, in this process. */
@WithServers({Server.KAFKA, Server.CLICKHOUSE, Server.REDIS})
abstract class OnRealServers {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Of yesterday: what is older than some months, ClickHouse does not keep. */
    final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS);

    Addresses addresses;
    private MiniCluster cluster;

    @BeforeEach
    void find(Addresses servers, @InjectMiniCluster MiniCluster flink) {
        addresses = servers;
        cluster = flink;
    }

    /** Makes the topics of a test. */
    Topics topics(String name) {
        return Topics.make(addresses, name);
    }

    /** Makes the project's tables in ClickHouse, and returns that. */
    Warehouse migrate() throws IOException {
        return Warehouse.migrated(addresses.clickhouseUrl());
    }

    /** Starts the job, and returns when every task runs. */
    JobInProcess start(String yaml) throws Exception {
        return start(yaml, null);
    }

    /** Does the same from a savepoint. */
    JobInProcess start(String yaml, @Nullable String savepoint) throws Exception {
        return JobInProcess.start(cluster, yaml, savepoint);
    }

    /** Submits the job from a savepoint, and waits for nothing. */
    JobInProcess submit(String yaml, String savepoint) throws Exception {
        return JobInProcess.submit(cluster, yaml, savepoint);
    }
}
