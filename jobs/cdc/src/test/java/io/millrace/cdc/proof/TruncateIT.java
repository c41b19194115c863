package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables are truncated while they are captured: each row that was there vanishes from the topics and every target. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class TruncateIT {

    @Test
    void theRowsThatWereThereVanishFromTopicsAndTargets(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("truncated", servers);
                JobInProcess sync = pipeline.syncHere(pipeline.names().topics(), "")) {
            ShopSeed.of(200, 60, 100, 5).plant(pipeline.database());
            String savepoint;
            try (JobInProcess capture = pipeline.captureHere(ShopSchema.TABLES, "job.parallelism=2")) {
                pipeline.assertEqual();
                savepoint = capture.stop(pipeline.savepoints());
            }
            truncate(pipeline);
            assertThat(missed(pipeline))
                    .as("the control: nobody has said it yet")
                    .contains("kafka.order_lines", "elasticsearch.order_lines", "redis.order_lines")
                    .contains("clickhouse.order_lines", "kafka.coupons");

            List<String> arguments = new ArrayList<>(pipeline.files().capture(ShopSchema.TABLES, "exactly-once"));
            arguments.addAll(List.of("--set", "job.parallelism=2"));
            try (JobInProcess capture = JobInProcess.start(arguments, savepoint)) {
                pipeline.assertEqual();
                truncate(pipeline);
                pipeline.assertEqual();
            }
        }
    }

    /** Some rows come back at once, one of them changed; and the whole happens twice in one transaction. */
    private static void truncate(CdcPipeline pipeline) throws Exception {
        pipeline.execute(
                "BEGIN; CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM order_lines WHERE order_id % 3 = 0;"
                        + " UPDATE order_lines SET quantity = quantity + 1; TRUNCATE order_lines;"
                        + " INSERT INTO order_lines SELECT * FROM kept; TRUNCATE order_lines, coupons;"
                        + " INSERT INTO order_lines SELECT * FROM kept WHERE order_id % 2 = 0;"
                        + " DELETE FROM order_lines WHERE order_id % 4 = 0; COMMIT");
        pipeline.execute("UPDATE order_lines SET quantity = quantity + 1 WHERE order_id % 5 = 0");
    }

    private static List<String> missed(CdcPipeline pipeline) {
        return pipeline.run(pipeline.targets(pipeline.names())).stream()
                .filter(result -> !result.isOk())
                .map(CheckResult::target)
                .toList();
    }
}
