package io.millrace.cdc.proof;

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
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The life of a capture that writes exactly once: begun anew over filled topics with fewer tables, killed, stopped,
 * rescaled, and given back the others.
 */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.FLINK})
class CaptureResumeIT {

    private static final String EXACTLY_ONCE = "targets.kafka.delivery=exactly-once";
    private static final int COMMITS = 40;
    private static final List<String> FEWER = List.of("users", "orders", "coupons");

    /** What a capture reads of its own topics before it sweeps them, and then no more. */
    private static final String PUBLISHED = "published topics";

    private final long seed = Long.getLong("proof.seed", System.nanoTime());

    @Test
    void eachWriteIsInItsTopicOnceOverSweepKillSavepointAndRescaling_andNothingStaysBehind(LocalServers servers)
            throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("resume", servers)) {
            ShopSeed.of(300, 200, 300, seed).plant(pipeline.database());
            String before = pipeline.captureWith(EXACTLY_ONCE);
            CdcPipeline.assertOk(pipeline.awaitEqual(topics(pipeline)));
            pipeline.flink().cancel(before);
            pipeline.dropSlot();
            pipeline.execute("DELETE FROM coupons");
            pipeline.execute("UPDATE products SET stock = stock + 1");
            ShopWorkload load = pipeline.play(WorkloadOptions.seeded(seed).withTransactionsPerSecond(40));

            String job = pipeline.captureOf(FEWER, EXACTLY_ONCE, "job.parallelism=2");
            new Kills(servers, pipeline.flink(), seed).afterCheckpoint(job);
            pipeline.flink().awaitRunning(job);
            awaitCommits(load);
            pipeline.flink().awaitFinished(job, PUBLISHED);
            String wider = pipeline.flink().stop(job);
            job = pipeline.resumeCapture(wider, ShopSchema.TABLES, EXACTLY_ONCE, "job.parallelism=1");
            new Kills(servers, pipeline.flink(), seed).afterCheckpoint(job);
            pipeline.flink().awaitRunning(job);
            awaitCommits(load);
            pipeline.flink().awaitFinished(job, PUBLISHED);
            String narrow = pipeline.flink().stop(job);
            job = pipeline.resumeCapture(narrow, ShopSchema.TABLES, EXACTLY_ONCE, "job.parallelism=2");
            awaitCommits(load);
            load.stop();

            CdcPipeline.assertOk(pipeline.awaitEqual(topics(pipeline)));
            WrittenOnce.assertIn(pipeline);
            pipeline.flink().cancel(job);
            EndedJobs.awaitNothingLeft(servers, pipeline.database());
        }
    }

    private static List<Check> topics(CdcPipeline pipeline) {
        return ShopSchema.TABLES.stream()
                .<Check>map(table -> pipeline.topic(pipeline.names(), table))
                .toList();
    }

    private static void awaitCommits(ShopWorkload load) {
        long wanted = load.counts().get(WorkloadCounts.COMMITS) + COMMITS;
        await("some more transactions")
                .atMost(Duration.ofMinutes(2))
                .until(() -> load.counts().get(WorkloadCounts.COMMITS) >= wanted);
    }
}
