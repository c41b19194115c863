package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cdc.JobInProcess;
import io.millrace.common.replay.Version;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.check.Check;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A capture stops with a savepoint before its snapshot is read, and begins above what its topics hold already. */
@WithServers({Server.KAFKA, Server.POSTGRES})
class SnapshotSavepointIT {

    /** A position that no log reaches here. */
    private static final long AHEAD = 1L << 50;

    private static final long SEED = 11;

    /** So few at once that the snapshot takes much longer than it takes to notice that it has begun. */
    private static final int CHUNK_ROWS = 10;

    private static final String CHUNKS = "source.postgres.chunk-rows=" + CHUNK_ROWS;

    @Test
    void whatChangesAfterItIsNewerThanTheSnapshot(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("midsnapshot", servers)) {
            ShopSeed shop = ShopSeed.of(1_500, 800, 1_500, SEED);
            shop.plant(pipeline.database());
            publishAhead(pipeline);
            String savepoint;
            try (JobInProcess job = pipeline.captureHere(ShopSchema.TABLES, CHUNKS)) {
                await("some parts of the snapshot are read")
                        .atMost(Duration.ofMinutes(1))
                        .until(pipeline::captured, records -> records > 2 * CHUNK_ROWS);
                savepoint = job.stop(pipeline.savepoints());
            }
            assertThat(pipeline.captured()).as("the snapshot has not ended").isLessThan(shop.total());
            pipeline.execute("UPDATE products SET stock = stock + 1");
            pipeline.execute("DELETE FROM order_lines WHERE order_id % 2 = 0");

            List<String> arguments = new ArrayList<>(pipeline.files().capture(ShopSchema.TABLES, "at-least-once"));
            arguments.addAll(List.of("--set", CHUNKS));
            try (JobInProcess job = JobInProcess.start(arguments, savepoint)) {
                List<Check> topics = ShopSchema.TABLES.stream()
                        .<Check>map(
                                table -> pipeline.topic(pipeline.names(), table).inStrictOrder())
                        .toList();
                CdcPipeline.assertOk(pipeline.awaitEqual(topics));
                pipeline.execute("UPDATE users SET logins = logins + 1");
                CdcPipeline.assertOk(pipeline.awaitEqual(topics));
            }
        }
    }

    /** As a database that was restored from a dump leaves its topics: versions above all its positions. */
    private static void publishAhead(CdcPipeline pipeline) {
        byte[] version = Long.toString(Version.of(0, AHEAD)).getBytes(StandardCharsets.US_ASCII);
        byte[] key = ("{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"string\",\"optional\":false,"
                        + "\"field\":\"code\"}],\"optional\":false,\"name\":\"Key\"},"
                        + "\"payload\":{\"code\":\"of another world\"}}")
                .getBytes(StandardCharsets.UTF_8);
        pipeline.topics()
                .write(List.of(new ProducerRecord<>(
                        pipeline.names().topic("coupons"),
                        0,
                        key,
                        null,
                        new RecordHeaders().add(Version.HEADER, version))));
    }
}
