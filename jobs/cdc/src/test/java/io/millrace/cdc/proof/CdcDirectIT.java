package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadCounts;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.Check;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From Postgres to every target by one job, of which TaskManagers are killed. */
@Tag("long")
@Timeout(value = 2, unit = TimeUnit.HOURS)
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE, Server.FLINK})
class CdcDirectIT {

    @Test
    void everyTargetEqualsPostgresAfterKillsInTheSnapshotAndTheStream(LocalServers servers) throws Exception {
        long seed = System.nanoTime();
        try (CdcPipeline pipeline = CdcPipeline.openAll("directkills", servers)) {
            ShopSeed.of(1_000, 500, 1_000, seed).plant(pipeline.database());
            ShopWorkload load = pipeline.play(
                    WorkloadOptions.seeded(seed).withHold(Duration.ofMillis(20)).withTransactionsPerSecond(40));
            String job = pipeline.submit(pipeline.files().direct(ShopSchema.TABLES, 0));
            Kills kills = new Kills(servers, pipeline.flink(), seed);

            kills.duringCheckpoint(job);
            pipeline.flink().awaitCheckpoint(job);
            kills.afterCheckpoint(job);
            pipeline.flink().awaitCheckpoint(job);
            long before = load.counts().get(WorkloadCounts.COMMITS);
            await("the stream goes on")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> load.counts().get(WorkloadCounts.COMMITS), commits -> commits > before + 40);
            load.stop();

            List<Check> checks = new ArrayList<>(pipeline.values(ShopSchema.TABLES));
            checks.add(pipeline.noDeadLetters(JobFiles.DIRECT));
            CdcPipeline.assertOk(pipeline.awaitEqual(checks));
            assertThat(pipeline.flink().restarts(job)).isPositive();
            assertThat(kills.count()).isEqualTo(2);
        }
    }
}
