package io.millrace.common.sink.clickhouse;

import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.SteadyJob;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse goes away under a running job. */
@WithServers(Server.CLICKHOUSE)
class ClickHouseOutageIT {

    private static final int ROWS = 300;
    private static final String HELD = "SELECT count(), sum(_version) FROM VERSIONS FINAL";

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(1);

    @TempDir
    Path letters;

    private LocalProcess clickhouse;
    private ClickHouseJob job;

    @BeforeEach
    void connect(LocalServers servers, TestInfo test) {
        clickhouse = servers.process("clickhouse");
        job = new ClickHouseJob(
                servers.addresses().clickhouseUrl(),
                "outage_" + test.getTestMethod().orElseThrow().getName(),
                Map.of(),
                letters);
    }

    @AfterEach
    void bringBack() {
        clickhouse.start();
    }

    @Test
    void writesEverythingAfterClickHouseWasKilledAndStartedAgain() throws Exception {
        SteadyJob running = start(ROWS);

        clickhouse.kill();
        running.goOn();
        clickhouse.start();

        running.assertEverything();
    }

    /** What stood in its sockets is written after all, and was sent again meanwhile. */
    @Test
    void writesEverythingOnceAfterClickHouseStoodStillForLongerThanARequestWaits() throws Exception {
        SteadyJob running = start(ROWS);

        clickhouse.freeze();
        running.goOn().awaitPatience(ClickHouseJob.REQUEST_TIMEOUT.plusSeconds(1));
        clickhouse.thaw();

        running.assertEverything();
    }

    @Test
    void isCancelledWhileItWaits() throws Exception {
        SteadyJob running = start(Long.MAX_VALUE);
        clickhouse.kill();

        running.goOn().assertCancelled();
    }

    private SteadyJob start(long rows) throws Exception {
        return SteadyJob.start(job.sink(), rows, () -> job.read(HELD), job.letters);
    }
}
