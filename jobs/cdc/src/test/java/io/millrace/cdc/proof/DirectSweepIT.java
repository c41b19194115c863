package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows vanish while nobody listens, and no topic knows them. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class DirectSweepIT {

    private static final List<String> UNSWEPT = List.of("coupons");
    private static final List<String> OTHERS =
            ShopSchema.TABLES.stream().filter(table -> !UNSWEPT.contains(table)).toList();

    @Test
    void rowsThatVanishedVanishFromEachTarget(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.openAll("direct", servers)) {
            ShopSeed.of(300, 100, 200, 7).plant(pipeline.database());
            try (JobInProcess first = pipeline.directHere(ShopSchema.TABLES, 0)) {
                CdcPipeline.assertOk(pipeline.awaitEqual(pipeline.values(ShopSchema.TABLES)));
            }
            pipeline.dropSlot();
            pipeline.execute("DELETE FROM coupons");
            pipeline.execute("DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE id % 2 = 0)");
            pipeline.execute("UPDATE products SET stock = stock + 1");

            try (JobInProcess second = pipeline.directHere(OTHERS, 1)) {
                CdcPipeline.assertOk(pipeline.awaitEqual(pipeline.values(OTHERS)));
                assertThat(pipeline.run(pipeline.values(UNSWEPT)))
                        .as("the control: where nothing sweeps, vanished rows stay")
                        .hasSize(4)
                        .noneMatch(CheckResult::isOk);
            }
            pipeline.dropSlot();
            pipeline.execute("CREATE TABLE kept AS SELECT * FROM order_lines WHERE order_id % 3 = 0");
            pipeline.execute("TRUNCATE order_lines");
            pipeline.execute("INSERT INTO order_lines SELECT * FROM kept");

            try (JobInProcess third = pipeline.directHere(ShopSchema.TABLES, 2)) {
                CdcPipeline.assertOk(pipeline.awaitEqual(pipeline.values(ShopSchema.TABLES)));
                pipeline.execute("TRUNCATE order_lines");
                pipeline.execute("INSERT INTO order_lines SELECT * FROM kept WHERE order_id % 2 = 0");
                CdcPipeline.assertOk(pipeline.awaitEqual(pipeline.values(ShopSchema.TABLES)));
                CdcPipeline.assertOk(pipeline.run(List.of(pipeline.noDeadLetters(JobFiles.DIRECT))));
            }
        }
    }
}
