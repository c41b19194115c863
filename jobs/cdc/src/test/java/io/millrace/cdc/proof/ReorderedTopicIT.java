package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.ShopSchema;
import io.millrace.shop.ShopSeed;
import io.millrace.shop.ShopWorkload;
import io.millrace.shop.WorkloadCounts;
import io.millrace.shop.WorkloadOptions;
import io.millrace.shop.check.Check;
import io.millrace.shop.check.CheckResult;
import io.millrace.shop.check.TopicCheck;
import io.millrace.testing.WithServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Records that come in any order, over any partition and more than once; the version decides. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH, Server.CLICKHOUSE})
class ReorderedTopicIT {

    private static final String VERSION = "millrace-version";
    private static final int PARTITIONS = 3;

    private final LocalServers servers;
    private final long seed = System.nanoTime();

    ReorderedTopicIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void converges_andDoesNotWithoutTheVersionsOrTheirCheck() throws Exception {
        try (CdcPipeline written = CdcPipeline.open("ordered", servers);
                CdcPipeline guarded = CdcPipeline.openAll("reordered", servers);
                CdcPipeline unversioned = CdcPipeline.openAll("unversioned", servers);
                CdcPipeline unguarded = CdcPipeline.open("unguarded", servers)) {
            capture(written);
            reorder(written, guarded, headers -> headers);
            reorder(written, unversioned, headers -> new RecordHeaders().add(VERSION, bytes("1")));
            reorder(written, unguarded, headers -> headers);

            List<Check> equal = withoutTopics(guarded.targets(written.names()));
            equal.add(guarded.noDeadLetters(JobFiles.SYNC));
            settle(guarded);
            CdcPipeline.assertOk(written.run(equal));

            settle(unversioned);
            assertThat(written.run(valuesOf(unversioned)))
                    .as("equal versions guard nothing, so the older change wins somewhere (seed %d)", seed)
                    .noneMatch(CheckResult::isOk);

            unguarded.syncUnguarded();
            assertThat(written.run(valuesOf(unguarded)))
                    .as("a target that does not compare takes the older change somewhere (seed %d)", seed)
                    .hasSize(4)
                    .noneMatch(CheckResult::isOk);
        }
    }

    private void capture(CdcPipeline pipeline) throws Exception {
        ShopSeed shop = ShopSeed.of(300, 200, 300, seed);
        shop.plant(pipeline.database());
        try (JobInProcess job = pipeline.captureHere(ShopSchema.TABLES)) {
            Awaitility.await("the snapshot is read")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(pipeline::captured, records -> records >= shop.total());
            ShopWorkload load = pipeline.play(
                    WorkloadOptions.seeded(seed).withTransactionsPerSecond(200).withKeySpace(400));
            Awaitility.await("enough changes")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> load.counts().get(WorkloadCounts.ROWS), rows -> rows > 5_000);
            load.stop();
            List<Check> topics = new ArrayList<>();
            for (String table : ShopSchema.TABLES) {
                topics.add(pipeline.topic(pipeline.names(), table).inStrictOrder());
            }
            CdcPipeline.assertOk(pipeline.awaitEqual(topics));
        }
    }

    private void reorder(CdcPipeline from, CdcPipeline to, UnaryOperator<Headers> headers) {
        Random random = new Random(seed);
        for (String table : ShopSchema.TABLES) {
            List<ProducerRecord<byte[], byte[]>> mixed = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record :
                    from.topics().read(from.names().topic(table))) {
                for (int times = random.nextInt(10) < 3 ? 2 : 1; times > 0; times--) {
                    mixed.add(new ProducerRecord<>(
                            to.names().topic(table),
                            random.nextInt(PARTITIONS),
                            record.key(),
                            record.value(),
                            headers.apply(record.headers())));
                }
            }
            Collections.shuffle(mixed, random);
            to.topics().write(mixed);
        }
    }

    /** Lets a job read everything. */
    private static void settle(CdcPipeline target) throws Exception {
        try (JobInProcess job = target.syncHere(target.names().topics(), "")) {
            target.awaitDrained(job, target.names().topics());
        }
    }

    private static List<Check> withoutTopics(List<Check> checks) {
        return new ArrayList<>(
                checks.stream().filter(check -> !(check instanceof TopicCheck)).toList());
    }

    private static List<Check> valuesOf(CdcPipeline pipeline) {
        return pipeline.values(List.of("users", "orders"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
