package io.millrace.benchmarks.variants;

import io.millrace.audit.AuditOptions;
import io.millrace.audit.chain.Step;
import io.millrace.audit.chain.StepTypeInfo;
import io.millrace.audit.commit.CommitFiles;
import io.millrace.audit.tick.KafkaPartitions;
import io.millrace.audit.tick.PartitionTicks;
import io.millrace.audit.tick.Tick;
import io.millrace.audit.tick.TickTypeInfo;
import io.millrace.audit.write.Pending;
import io.millrace.audit.write.PendingTypeInfo;
import io.millrace.audit.write.WriteFiles;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecordTypeInfo;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.job.JobEnvironment;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import io.millrace.common.source.kafka.KafkaRecordSource;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Submits a variant of the audit job, configured as the job is. What it writes proves nothing, or hides nothing: it is in no
 * jar that anybody archives with, and fills the benchmark's own archive alone.
 */
public final class VariantJob {

    private static final String ARCHIVE = "bench";
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private VariantJob() {}

    /**
     * Submits it.
     *
     * @throws IllegalArgumentException if the archive is not the benchmark's
     */
    public static void main(String[] arguments) throws Exception {
        Variant.Arguments read = Variant.Arguments.of(arguments);
        AuditOptions options = AuditOptions.parse(read.job().toArray(String[]::new));
        requireBench(options.archive().name());
        StreamExecutionEnvironment env = JobEnvironment.of(options.job());
        build(env, options, read.variant());
        env.execute(options.name());
    }

    static void requireBench(String archive) {
        if (!archive.equals(ARCHIVE)) {
            throw new IllegalArgumentException("`archive.name` is " + archive + "; a variant fills an archive called "
                    + ARCHIVE + " alone, because nothing of it is encrypted, or none of it can be proven");
        }
    }

    private static void build(StreamExecutionEnvironment env, AuditOptions options, Variant variant) {
        KafkaPartitions partitions = new KafkaPartitions(options.kafka(), options.topic(), ANSWER);
        DataStream<Step> steps = records(env, options)
                .keyBy(ConsumedRecord::partition, Types.INT)
                .connect(ticks(env, options, partitions).keyBy(Tick::partition, Types.INT))
                .process(new VariantRecords(options.chain(), options.keyStore(), variant))
                .returns(StepTypeInfo.INSTANCE)
                .uid(VariantRecords.UID);
        DataStream<Pending> pending = steps.transform(
                        "write files", PendingTypeInfo.INSTANCE, new WriteFiles(options.archive()))
                .uid(WriteFiles.UID);
        pending.keyBy(Pending::partition, Types.INT)
                .transform(
                        "commit files",
                        ProducedRecordTypeInfo.INSTANCE,
                        new CommitFiles(options.archive(), options.signing(), partitions))
                .uid(CommitFiles.UID)
                .sinkTo(KafkaTarget.atLeastOnce(new KafkaTargetConfig(options.kafka())))
                .uid("bench.write-digests");
    }

    private static DataStream<ConsumedRecord> records(StreamExecutionEnvironment env, AuditOptions options) {
        return env.fromSource(
                        KafkaRecordSource.unbounded(options.source()),
                        WatermarkStrategy.noWatermarks(),
                        options.topic(),
                        ConsumedRecordTypeInfo.INSTANCE)
                .uid("bench.read-records");
    }

    private static DataStream<Tick> ticks(
            StreamExecutionEnvironment env, AuditOptions options, KafkaPartitions partitions) {
        return env.fromSource(
                        new PartitionTicks(
                                partitions, partitions, options.chain().tick()),
                        WatermarkStrategy.noWatermarks(),
                        "partitions",
                        TickTypeInfo.INSTANCE)
                .uid(PartitionTicks.UID)
                .setParallelism(1);
    }
}
