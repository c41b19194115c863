package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadOptions;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills around the boundaries of transactions, many times. {@code -Dproof.kills} sets how many, {@code -Dproof.seed}
 * repeats a run, {@code -Dproof.delivery=exactly-once} chooses how topics are written.
 */
@Tag("long")
@Timeout(value = 2, unit = TimeUnit.HOURS)
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE, Server.FLINK})
class CdcKillsIT {

    private final int kills = Integer.getInteger("proof.kills", 50);
    private final long seed = Long.getLong("proof.seed", System.nanoTime());
    private final String delivery = System.getProperty("proof.delivery", "at-least-once");

    @Test
    void nothingIsLostWhereTransactionsEnd(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("long" + Long.toString(seed & 0xffff), servers)) {
            ShopSeed.of(500, 200, 500, seed).plant(pipeline.database());
            ShopWorkload load = pipeline.play(WorkloadOptions.seeded(seed)
                    .withTransactionsPerSecond(40)
                    .withLargestTransaction(60)
                    .withKeySpace(1_000));
            String capture = pipeline.capture(delivery);
            pipeline.sync(pipeline.names().topics(), "");
            Kills deaths = new Kills(servers, pipeline.flink(), seed);

            while (deaths.count() < kills) {
                strike(pipeline, deaths, capture);
            }
            load.stop();

            pipeline.assertEqual();
            if (delivery.equals("exactly-once")) {
                WrittenOnce.assertIn(pipeline);
            }
            assertThat(pipeline.flink().restarts(capture)).isPositive();
        }
    }

    private static void strike(CdcPipeline pipeline, Kills kills, String capture) throws SQLException {
        switch (kills.random().nextInt(4)) {
            case 0 -> kills.duringCheckpoint(capture);
            case 1 -> kills.afterCheckpoint(capture);
            case 2 -> kills.within(capture, Duration.ofMillis(800), "any time");
            default -> atCommit(pipeline, kills, capture);
        }
    }

    /** A large transaction commits while the kill strikes; the small ones of the clients lie around it in the log. */
    private static void atCommit(CdcPipeline pipeline, Kills kills, String capture) throws SQLException {
        pipeline.flink().awaitRunning(capture);
        try (Connection connection = pipeline.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("UPDATE orders SET total = coalesce(total, 0) + 1");
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> commit(connection));
            kills.within(capture, Duration.ofMillis(150), "a commit");
            commit.join();
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the large transaction was not committed", e);
        }
    }
}
