package io.millrace.common.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import io.millrace.common.metrics.JobCounters;
import io.millrace.common.sink.batch.Tap;
import io.millrace.common.sink.redis.RedisConfig.Backoff;
import io.millrace.common.sink.redis.RedisConfig.Batching;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An outage longer than the writer's patience: the job fails and starts again from its last checkpoint. */
@WithServers(Server.REDIS)
class RedisRestartIT {

    private static final int ROWS = 600;
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** Rows wait for a full batch, so that every checkpoint holds some. */
    private static final Batching PATIENT = new Batching(50, 1024 * 1024, 4, 1_000, Duration.ofMinutes(10));

    private static final Backoff IMPATIENT =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));

    @RegisterExtension
    static final MiniClusterExtension FLINK = new JobCounters().cluster(1);

    @TempDir
    Path letters;

    private final Tap tap = Tap.perSecond(100);
    private final String prefix = "restart-" + UUID.randomUUID() + ":";
    private LocalProcess server;
    private PlainRedis redis;
    private RedisJob job;

    @BeforeEach
    void connect(LocalServers servers) {
        String uri = servers.addresses().redisUri();
        server = servers.process("redis");
        redis = new PlainRedis(uri);
        redis.ask().configSet("appendfsync", "always");
        RedisRoute route = RedisRoute.write(Rows.TABLE, prefix + "{id}");
        job = new RedisJob(RedisJob.config(RedisJob.connection(uri, null, null), PATIENT, IMPATIENT, route), letters);
    }

    @AfterEach
    void bringBack() {
        redis.close();
        server.kill();
        server.start();
    }

    @Test
    void writesEverythingThoughTheJobGaveUpAndStartedAgain() throws Exception {
        JobClient running = startJob();
        await("rows in Redis")
                .atMost(DEADLINE)
                .until(() -> !redis.values(prefix).isEmpty());

        server.kill();
        tap.open();
        await("the job gives up")
                .atMost(DEADLINE)
                .until(() -> running.getJobStatus().get() == JobStatus.RESTARTING);
        server.start();

        running.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(redis.values(prefix)).hasSize(ROWS);
        assertThat(redis.versions(prefix)).hasSize(ROWS);
        assertThat(job.letters.read()).isEmpty();
    }

    private JobClient startJob() throws Exception {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.getConfig().disableGenericTypes();
        DataGeneratorSource<RowChange> source =
                new DataGeneratorSource<>(id -> Rows.row(id, id), ROWS, tap, RowChangeTypeInfo.INSTANCE);
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "rows").sinkTo(job.sink());
        return env.executeAsync("restart");
    }
}
