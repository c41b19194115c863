package io.millrace.common.sink.kafka;

import static org.awaitility.Awaitility.await;

import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.KafkaTopics;
import io.millrace.testing.WithServers;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kafka falls silent under a running job. */
@WithServers(Server.KAFKA)
class KafkaCheckpointIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private final String topic = "checkpoint-" + UUID.randomUUID();
    private LocalProcess kafka;
    private KafkaTargetConfig config;

    @BeforeEach
    void createTopic(LocalServers servers) {
        String bootstrap = servers.addresses().kafkaBootstrap();
        kafka = servers.process("kafka");
        new KafkaTopics(bootstrap).create(topic, 1);
        config = new KafkaTargetConfig(new KafkaConnection(bootstrap));
    }

    @AfterEach
    void thaw() {
        kafka.thaw();
    }

    @Test
    void completesNoCheckpointBeforeKafkaHasWhatItCovers(@InjectMiniCluster MiniCluster flink) throws Exception {
        JobClient running = start(KafkaTarget.atLeastOnce(config));
        awaitCheckpoints(flink, running, 1);

        kafka.freeze();
        long mostlyDone = checkpoints(flink, running) + 1;
        await("checkpoints wait for Kafka")
                .during(Duration.ofSeconds(3))
                .atMost(DEADLINE)
                .until(() -> checkpoints(flink, running) <= mostlyDone);

        kafka.thaw();
        awaitCheckpoints(flink, running, mostlyDone + 1);
        running.cancel().get();
    }

    @Test
    void wouldNotWaitForKafkaWithoutAGuarantee(@InjectMiniCluster MiniCluster flink) throws Exception {
        JobClient running = start(KafkaSink.<ProducedRecord>builder()
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setKafkaProducerConfig(KafkaTarget.producerProperties(config))
                .setRecordSerializer((record, context, timestamp) -> KafkaRecords.toKafka(record))
                .setDeliveryGuarantee(DeliveryGuarantee.NONE)
                .build());
        awaitCheckpoints(flink, running, 1);

        kafka.freeze();

        awaitCheckpoints(flink, running, checkpoints(flink, running) + 5);
        kafka.thaw();
        running.cancel().get();
    }

    private JobClient start(Sink<ProducedRecord> sink) throws Exception {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.getConfig().disableGenericTypes();
        // a function that named the field would take this test along
        String name = topic;
        DataGeneratorSource<ProducedRecord> records = new DataGeneratorSource<>(
                number -> FailsOnce.record(name, number),
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(100),
                ProducedRecordTypeInfo.INSTANCE);
        env.fromSource(records, WatermarkStrategy.noWatermarks(), "records").sinkTo(sink);
        return env.executeAsync("checkpoints");
    }

    private static long checkpoints(MiniCluster flink, JobClient running) throws Exception {
        return flink.getExecutionGraph(running.getJobID())
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    private static void awaitCheckpoints(MiniCluster flink, JobClient running, long count) {
        await(count + " checkpoints").atMost(DEADLINE).until(() -> checkpoints(flink, running) >= count);
    }
}
