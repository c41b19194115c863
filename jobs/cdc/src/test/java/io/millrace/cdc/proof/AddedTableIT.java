package io.millrace.cdc.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.common.replay.Version;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.check.Check;
import io.millrace.testing.WithServers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Tables that a capture takes on when it goes on from a savepoint. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class AddedTableIT {

    private static final List<String> FEWER = List.of("users", "orders");

    private static final String GONE = "{\"id\":\"00000000-0000-0000-0000-000000000000\"}";

    private final long seed = Long.getLong("proof.seed", System.nanoTime());

    @Test
    void theirRowsAreReadWhileTheOthersStream_behindTransactionsThatWereOpen(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("added", servers)) {
            ShopSeed.of(40, 1_500, 30, seed).plant(pipeline.database());
            pipeline.topics().write(List.of(vanished(pipeline)));
            String savepoint = capturedFewer(pipeline);
            long read;
            try (Connection writer = pipeline.database().connect();
                    Statement open = writer.createStatement()) {
                writer.setAutoCommit(false);
                open.execute("UPDATE products SET stock = stock + 7 WHERE " + some(0, 5));
                open.execute("DELETE FROM products WHERE " + some(5, 1));
                try (JobInProcess job = resume(pipeline, savepoint)) {
                    pipeline.execute("UPDATE users SET bio = 'meanwhile' WHERE id % 2 = 0");
                    pipeline.execute("UPDATE products SET name = 'streamed' WHERE " + some(10, 200));
                    pipeline.execute("DELETE FROM coupons WHERE percent < (SELECT avg(percent) FROM coupons)");
                    assertEqual(pipeline, FEWER);
                    assertThat(rowsRead(pipeline))
                            .as("rows that were read too early")
                            .isZero();

                    writer.commit();
                    assertEqual(pipeline, ShopSchema.TABLES);
                    read = rowsRead(pipeline);
                    savepoint = job.stop(pipeline.savepoints());
                }
            }
            pipeline.execute("UPDATE products SET stock = stock + 1");
            try (JobInProcess job = resume(pipeline, savepoint)) {
                assertEqual(pipeline, ShopSchema.TABLES);
                job.stop(pipeline.savepoints());
            }
            assertThat(rowsRead(pipeline)).as("the second time they are known").isEqualTo(read);
        }
    }

    private static String some(int after, int count) {
        return "id IN (SELECT id FROM products ORDER BY id OFFSET " + after + " LIMIT " + count + ")";
    }

    private String capturedFewer(CdcPipeline pipeline) throws Exception {
        try (JobInProcess job = pipeline.captureHere(FEWER)) {
            assertEqual(pipeline, FEWER);
            return job.stop(pipeline.savepoints());
        }
    }

    private static JobInProcess resume(CdcPipeline pipeline, String savepoint) throws Exception {
        return JobInProcess.start(pipeline.files().capture(ShopSchema.TABLES, "at-least-once"), savepoint);
    }

    private static void assertEqual(CdcPipeline pipeline, List<String> tables) {
        List<Check> checks = new ArrayList<>();
        tables.forEach(table -> checks.add(pipeline.topic(pipeline.names(), table)));
        checks.add(pipeline.noDeadLetters(JobFiles.CAPTURE));
        CdcPipeline.assertOk(pipeline.awaitEqual(checks, tables));
    }

    /** As another capture left it, which had the table before. */
    private static ProducerRecord<byte[], byte[]> vanished(CdcPipeline pipeline) {
        String value = "{\"before\":null,\"after\":" + GONE + ",\"source\":{\"schema\":\"public\","
                + "\"table\":\"products\",\"snapshot\":\"false\",\"lsn\":5},\"op\":\"c\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(pipeline.names().topic("products"), GONE.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add(Version.HEADER, "5".getBytes(UTF_8));
        return record;
    }

    private static long rowsRead(CdcPipeline pipeline) {
        return pipeline.topics().read(pipeline.names().topic("products")).stream()
                .filter(record -> record.value() != null)
                .filter(record -> new String(record.value(), UTF_8).contains("\"op\":\"r\""))
                .count();
    }
}
