package io.millrace.common.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.UserTable;
import io.millrace.common.sink.batch.Users;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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
    private static final Duration DEADLINE = Duration.ofSeconds(90);
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
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        clickhouse.kill();
        clickhouse.start();

        assertEverything(running);
    }

    /** What stood in its sockets is written after all, and was sent again meanwhile. */
    @Test
    void writesEverythingOnceAfterClickHouseStoodStillForLongerThanARequestWaits() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        clickhouse.freeze();
        await("the job goes on waiting")
                .during(ClickHouseJob.REQUEST_TIMEOUT.plusSeconds(1))
                .atMost(DEADLINE)
                .until(() -> !running.getJobStatus().get().isTerminalState());
        clickhouse.thaw();

        assertEverything(running);
    }

    @Test
    void isCancelledWhileItWaits() throws Exception {
        JobClient running = startJob(Long.MAX_VALUE);
        awaitSomeRows();
        clickhouse.kill();

        running.cancel().get();

        await("the job is gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> running.getJobStatus().get().isGloballyTerminalState());
    }

    private void assertEverything(JobClient running) throws Exception {
        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(job.read(HELD)).isEqualTo(List.of(ROWS + "\t" + ROWS * (ROWS + 1L) / 2));
        assertThat(job.letters.read()).isEmpty();
    }

    /** Writes a row every few milliseconds; nothing but the flush by time sends them, for there is no checkpoint. */
    private JobClient startJob(long rows) throws Exception {
        UserTable users = UserTable.named();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataGeneratorSource<RowChange> source = new DataGeneratorSource<>(
                new Users(users.row(1, 1, "ann")),
                rows,
                RateLimiterStrategy.perSecond(100),
                RowChangeTypeInfo.INSTANCE);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows").sinkTo(job.sink());
        return env.executeAsync("outage");
    }

    private void awaitSomeRows() {
        await("some rows")
                .atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> !job.read(HELD).get(0).startsWith("0"));
    }
}
