package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadCounts;
import io.millrace.shop.WorkloadOptions;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every target equals Postgres, whatever is killed or stopped on the way. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE, Server.FLINK})
class CdcEqualityIT {

    private static final Duration OUTAGE = Duration.ofSeconds(30);
    private static final Duration ALONE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LocalServers servers;
    private final long seed = System.nanoTime();

    CdcEqualityIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void theSnapshotOverlapsTwelveClientsAndKills() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("kills", servers)) {
            ShopSeed shop = ShopSeed.of(1_500, 800, 1_500, seed);
            shop.plant(pipeline.database());
            WorkloadOptions twelve = WorkloadOptions.seeded(seed)
                    .withClients(12)
                    .withHold(Duration.ofMillis(50))
                    .withTransactionsPerSecond(50);
            String sync = pipeline.sync(pipeline.names().topics(), "");
            ShopWorkload load = pipeline.play(twelve);
            String capture = pipeline.captureWith("job.parallelism=2");
            Kills kills = new Kills(servers, pipeline.flink(), seed);

            await("the snapshot is under way")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(pipeline::captured, records -> records > 0);
            kills.now(capture, "the snapshot, " + pipeline.captured() + " of " + shop.total() + " rows read");
            kills.duringCheckpoint(sync);
            killBetweenChangeAndCommit(pipeline, kills, capture);
            WorkloadCounts counts = load.stop();

            pipeline.assertEqual();
            assertThat(counts.get(WorkloadCounts.RACES)).isPositive();
            assertThat(pipeline.flink().restarts(capture)).isPositive();
            assertThat(kills.count()).isEqualTo(3);
        }
    }

    @Test
    void searchCacheAndWarehouseAreAwayForHalfAMinute() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("outage", servers)) {
            ShopSeed.of(300, 200, 300, seed).plant(pipeline.database());
            String capture = pipeline.capture("at-least-once");
            String sync = pipeline.sync(pipeline.names().topics(), "");
            ShopWorkload load = pipeline.play(WorkloadOptions.seeded(seed).withTransactionsPerSecond(30));
            pipeline.flink().awaitRunning(capture);
            pipeline.flink().awaitRunning(sync);
            letRedisSyncBeforeItAnswers();

            away(load);
            load.stop();

            pipeline.assertEqual();
            assertThat(pipeline.flink().restarts(sync))
                    .as("the job waits instead of restarting")
                    .isZero();
            pipeline.names()
                    .topics()
                    .forEach(topic -> assertThat(pipeline.topics().read(topic)).isNotEmpty());
        }
    }

    private static void killBetweenChangeAndCommit(CdcPipeline pipeline, Kills kills, String job) throws Exception {
        try (Connection connection = pipeline.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("UPDATE users SET logins = logins + 1");
            Thread commit = new Thread(() -> {
                try {
                    connection.commit();
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            pipeline.flink().awaitRunning(job);
            commit.start();
            kills.now(job, "a large transaction that commits");
            commit.join();
        }
    }

    /**
     * What Redis has acknowledged is Redis' to keep: with the local server's {@code appendfsync everysec} it may forget
     * some of it when it is killed. Started again, it is configured as it was.
     */
    private void letRedisSyncBeforeItAnswers() {
        RedisClient client = RedisClient.create(servers.addresses().redisUri());
        try (StatefulRedisConnection<String, String> redis = client.connect()) {
            redis.sync().configSet("appendfsync", "always");
        } finally {
            client.shutdown();
        }
    }

    /** Each for half a minute: first the one, then all, then the others. */
    private void away(ShopWorkload load) {
        LocalProcess search = servers.process("elasticsearch");
        LocalProcess cache = servers.process("redis");
        LocalProcess warehouse = servers.process("clickhouse");
        long before = load.counts().get(WorkloadCounts.COMMITS);
        search.kill();
        elapse(ALONE, load);
        cache.kill();
        warehouse.kill();
        long cacheWent = System.nanoTime();
        elapse(OUTAGE.minus(ALONE), load);
        search.start();
        elapse(OUTAGE.minusNanos(System.nanoTime() - cacheWent), load);
        cache.start();
        warehouse.start();
        assertThat(load.counts().get(WorkloadCounts.COMMITS)).isGreaterThan(before);
    }

    private static void elapse(Duration time, ShopWorkload load) {
        if (!time.isNegative() && !time.isZero()) {
            await("time goes by").atMost(time.plus(OUTAGE)).during(time).until(load::isHealthy);
        }
    }
}
