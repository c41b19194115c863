package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.sink.batch.Tap;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Elasticsearch goes away under a running job. */
@WithServers(Server.ELASTICSEARCH)
class ElasticsearchOutageIT {

    private static final int ROWS = 300;
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    Path letters;

    private final Tap tap = Tap.perSecond(100);
    private final String index = "outage-" + UUID.randomUUID();
    private LocalProcess elasticsearch;
    private SearchServer server;
    private ElasticsearchJob job;

    @BeforeEach
    void connect(LocalServers servers) throws Exception {
        elasticsearch = servers.process("elasticsearch");
        server = new SearchServer(servers.addresses().elasticsearchUrl());
        job = new ElasticsearchJob(servers.addresses().elasticsearchUrl(), index, null, letters).prepared();
    }

    @AfterEach
    void bringBack() {
        elasticsearch.start();
    }

    @Test
    void writesEverythingAfterElasticsearchWasKilledAndStartedAgain() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeDocuments();

        elasticsearch.kill();
        tap.open();
        elasticsearch.start();

        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(server.documents(index)).hasSize(ROWS);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void writesEverythingAfterElasticsearchStoodStill() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeDocuments();

        elasticsearch.freeze();
        tap.open();
        await("the job goes on waiting")
                .during(Duration.ofSeconds(3))
                .atMost(DEADLINE)
                .until(() -> !running.getJobStatus().get().isTerminalState());
        elasticsearch.thaw();

        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(server.documents(index)).hasSize(ROWS);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void isCancelledWhileItWaits() throws Exception {
        JobClient running = startJob(Long.MAX_VALUE);
        awaitSomeDocuments();
        elasticsearch.kill();
        tap.open();

        running.cancel().get();

        await("the job is gone")
                .atMost(DEADLINE)
                .until(() -> running.getJobStatus().get().isGloballyTerminalState());
    }

    /** Writes a row every few milliseconds; nothing but the flush by time sends them, for there is no checkpoint. */
    private JobClient startJob(long rows) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataGeneratorSource<RowChange> source = new DataGeneratorSource<>(
                id -> Changes.row(id, id, "{\"id\":" + id + "}"), rows, tap, RowChangeTypeInfo.INSTANCE);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows").sinkTo(job.sink());
        return env.executeAsync("outage");
    }

    private void awaitSomeDocuments() {
        await("documents in " + index).atMost(DEADLINE).until(() -> server.count(index, "{\"match_all\":{}}") > 0);
    }
}
