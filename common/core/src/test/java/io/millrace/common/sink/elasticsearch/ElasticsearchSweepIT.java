package io.millrace.common.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.metrics.JobCounters;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep does in a real Elasticsearch. */
@WithServers(Server.ELASTICSEARCH)
class ElasticsearchSweepIT {

    private static final long SNAPSHOT = 1_000_000;
    private static final RowChange SWEEP = RowChange.sweep(Changes.TABLE, SNAPSHOT);
    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(2);

    @TempDir
    Path letters;

    private final String index = "sweep-" + UUID.randomUUID();
    private LocalProcess elasticsearch;
    private SearchServer server;
    private ElasticsearchJob job;

    @BeforeEach
    void connect(LocalServers servers) throws Exception {
        elasticsearch = servers.process("elasticsearch");
        server = new SearchServer(servers.addresses().elasticsearchUrl());
        job = new ElasticsearchJob(servers.addresses().elasticsearchUrl(), index, null, letters).prepared();
    }

    private static RowChange row(long version, long id) {
        return Changes.row(version, id, "{\"id\":" + id + "}");
    }

    @Test
    void deletesWhatIsOlderThanTheSnapshotAndNothingElse() throws Exception {
        String other = index + "-other";
        server.send("PUT", "/" + other + "/_doc/1?version=1&version_type=external", "{}");
        job.write(List.of(row(1, 1), row(SNAPSHOT - 1, 2), row(SNAPSHOT, 3), row(SNAPSHOT + 1, 4)));

        JobID swept = job.write(List.of(SWEEP));

        assertThat(server.documents(index)).containsOnlyKeys("3", "4");
        assertThat(server.documents(other)).containsOnlyKeys("1");
        assertThat(COUNTERS.counted(swept, "recordsOut")).isEqualTo(2);
        assertThat(job.letters.read()).isEmpty();
    }

    /** The control: nothing but the sweep deletes them. */
    @Test
    void leavesThemWithoutASweep() throws Exception {
        job.write(List.of(row(1, 1), row(SNAPSHOT, 3)));

        assertThat(server.documents(index)).containsOnlyKeys("1", "3");
    }

    @Test
    void remembersTheVersionSoThatALateOlderWriteStaysRefused() throws Exception {
        job.write(List.of(row(1, 1), row(1, 2), row(1, 3)));
        job.write(List.of(SWEEP));

        JobID late = job.write(List.of(row(SNAPSHOT - 1, 1), row(SNAPSHOT, 2), row(SNAPSHOT + 1, 3)));

        assertThat(server.documents(index)).containsOnlyKeys("2", "3");
        assertThat(COUNTERS.counted(late, "stale")).isEqualTo(1);
    }

    @Test
    void comesToTheSameResultASecondTime() throws Exception {
        job.write(List.of(row(1, 1), row(SNAPSHOT, 3)));
        job.write(List.of(SWEEP));

        JobID second = job.write(List.of(SWEEP, SWEEP));

        assertThat(server.documents(index)).containsOnlyKeys("3");
        assertThat(COUNTERS.counted(second, "recordsOut")).isZero();
        assertThat(COUNTERS.counted(second, "stale")).isZero();
    }

    @Test
    void walksOverMoreDocumentsThanAPageHolds() throws Exception {
        int rows = IndexSweep.PAGE + 500;
        job.write(LongStream.range(0, rows)
                .mapToObj(id -> row(id % 10 == 0 ? SNAPSHOT : 1, id))
                .toList());

        JobID swept = job.write(List.of(SWEEP));

        assertThat(COUNTERS.counted(swept, "recordsOut")).isEqualTo(rows - rows / 10);
        assertThat(server.documents(index))
                .hasSize(rows / 10)
                .allSatisfy((id, found) -> assertThat(found.version()).isEqualTo(SNAPSHOT));
    }

    @Test
    void findsHostileIdsAndNewDocumentsThatWereNotYetVisible() throws Exception {
        server.send("PUT", "/" + index + "/_settings", "{\"index.refresh_interval\":\"-1\"}");
        List<RowChange> changes = new ArrayList<>();
        for (String value : List.of("a\r\n{\"delete\":{}}", "nul\u0000", "\"", "../../_all", "*", "\\e", "", "|")) {
            String row = new ObjectMapper().writeValueAsString(Map.of("id", value));
            changes.add(Changes.row(1, row, row, null));
        }
        job.write(changes);

        job.write(List.of(SWEEP));

        assertThat(server.documents(index)).isEmpty();
    }

    @Test
    void goesOnAfterElasticsearchWasKilledInTheMiddle() throws Exception {
        int rows = 12_000;
        job.write(LongStream.range(0, rows).mapToObj(id -> row(1, id)).toList());
        // so that it takes much longer than it takes to notice that it has begun
        JobClient sweeping = job.inBatchesOf(20).start(List.of(SWEEP));
        await("the sweep has begun")
                .pollInterval(Duration.ofMillis(5))
                .until(() -> COUNTERS.counted(sweeping.getJobID(), "recordsOut") > 0);

        elasticsearch.kill();
        elasticsearch.start();

        sweeping.getJobExecutionResult().get(180, TimeUnit.SECONDS);
        assertThat(server.documents(index)).isEmpty();
        assertThat(COUNTERS.counted(sweeping.getJobID(), "retried")).isPositive();
        assertThat(job.letters.read()).isEmpty();
    }
}
