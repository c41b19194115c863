package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.Tap;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis goes away under a running job. What Redis has acknowledged is Redis' to keep: with the local server's
 * {@code appendfsync everysec} it may forget the last second when it is killed, so here it syncs before it answers.
 */
@WithServers(Server.REDIS)
class RedisOutageIT {

    private static final int ROWS = 300;
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final JobCounters COUNTERS = new JobCounters();

    @RegisterExtension
    static final MiniClusterExtension FLINK = COUNTERS.cluster(1);

    @TempDir
    Path letters;

    private final Tap tap = Tap.perSecond(100);
    private final String prefix = "outage-" + UUID.randomUUID() + ":";
    private LocalProcess server;
    private PlainRedis redis;
    private RedisJob job;

    @BeforeEach
    void connect(LocalServers servers) {
        String uri = servers.addresses().redisUri();
        server = servers.process("redis");
        redis = new PlainRedis(uri);
        redis.ask().configSet("appendfsync", "always");
        job = new RedisJob(uri, RedisRoute.write(Rows.TABLE, prefix + "{id}"), letters);
    }

    /** Started again, it is configured as it was. */
    @AfterEach
    void bringBack() {
        redis.close();
        server.kill();
        server.start();
    }

    @Test
    void writesEverythingAfterRedisWasKilledAndStartedAgain() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        server.kill();
        tap.open();
        awaitRetries(running);
        server.start();

        awaitEnd(running);
        assertThat(redis.values(prefix)).isEqualTo(everyRow());
        assertThat(redis.versions(prefix)).hasSize(ROWS);
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void wouldMissWhatRedisItselfForgot() throws Exception {
        redis.ask().configSet("appendonly", "no");
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        server.kill();
        tap.open();
        server.start();

        awaitEnd(running);
        assertThat(redis.values(prefix).size()).isBetween(1, ROWS - 1);
    }

    @Test
    void writesEverythingAfterRedisStoodStill() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        server.freeze();
        tap.open();
        awaitRetries(running);
        assertThat(running.getJobStatus().get().isTerminalState()).isFalse();
        server.thaw();

        awaitEnd(running);
        assertThat(redis.values(prefix)).isEqualTo(everyRow());
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void waitsWhileRedisIsFull() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        redis.ask().configSet("maxmemory", "1");
        tap.open();
        awaitRetries(running);
        redis.ask().configSet("maxmemory", "256mb");

        awaitEnd(running);
        assertThat(redis.values(prefix)).isEqualTo(everyRow());
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void waitsWhileRedisIsAReadOnlyReplica() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        redis.ask().replicaof("127.0.0.1", 1);
        tap.open();
        awaitRetries(running);
        redis.ask().replicaofNoOne();

        awaitEnd(running);
        assertThat(redis.values(prefix)).isEqualTo(everyRow());
        assertThat(job.letters.read()).isEmpty();
    }

    @Test
    void loadsItsScriptAgainWhenRedisForgotIt() throws Exception {
        JobClient running = startJob(ROWS);
        awaitSomeRows();

        redis.ask().scriptFlush();
        tap.open();
        awaitRetries(running);

        awaitEnd(running);
        assertThat(redis.values(prefix)).isEqualTo(everyRow());
    }

    @Test
    void isCancelledWhileRedisIsGone() throws Exception {
        JobClient running = startJob(Long.MAX_VALUE);
        awaitSomeRows();
        server.kill();
        tap.open();
        awaitRetries(running);

        running.cancel().get();

        awaitGone(running);
    }

    @Test
    void isCancelledWhileRedisStandsStill() throws Exception {
        JobClient running = startJob(Long.MAX_VALUE);
        awaitSomeRows();
        server.freeze();
        tap.open();
        awaitRetries(running);

        running.cancel().get();

        awaitGone(running);
    }

    /** Writes a row every few milliseconds; nothing but the flush by time sends them, for there is no checkpoint. */
    private JobClient startJob(long rows) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataGeneratorSource<RowChange> source =
                new DataGeneratorSource<>(id -> Rows.row(id, id), rows, tap, RowChangeTypeInfo.INSTANCE);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows").sinkTo(job.sink());
        return env.executeAsync("outage");
    }

    private Map<String, String> everyRow() {
        Map<String, String> rows = new TreeMap<>();
        for (int id = 0; id < ROWS; id++) {
            rows.put(prefix + id, Rows.document(id, id));
        }
        return rows;
    }

    private void awaitSomeRows() {
        await("rows in Redis")
                .atMost(DEADLINE)
                .until(() -> !redis.values(prefix).isEmpty());
    }

    private static void awaitRetries(JobClient running) {
        await("writes are tried again")
                .atMost(DEADLINE)
                .until(() -> COUNTERS.counted(running.getJobID(), "retried") > 0);
    }

    private static void awaitEnd(JobClient running) throws Exception {
        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void awaitGone(JobClient running) {
        await("the job is gone")
                .atMost(DEADLINE)
                .until(() -> running.getJobStatus().get().isGloballyTerminalState());
    }
}
