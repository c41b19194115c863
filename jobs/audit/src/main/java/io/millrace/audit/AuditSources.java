package io.millrace.audit;

import io.millrace.audit.read.EveryRecord;
import io.millrace.audit.tick.KafkaPartitions;
import io.millrace.audit.tick.PartitionTicks;
import io.millrace.audit.tick.Tick;
import io.millrace.audit.tick.TickTypeInfo;
import io.millrace.audit.watch.ArchiveWatch;
import io.millrace.audit.watch.WatchOptions;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The topic of audit events, the clock, and the archive itself. */
final class AuditSources {

    static final String RECORDS_UID = "audit.read-records";

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private AuditSources() {}

    /** Read committed: what was taken back is not archived, and leaves a hole in the offsets. */
    static DataStream<ConsumedRecord> records(StreamExecutionEnvironment env, AuditOptions options) {
        return env.fromSource(new EveryRecord(options.source()), WatermarkStrategy.noWatermarks(), options.topic())
                .uid(RECORDS_UID);
    }

    static DataStream<Tick> ticks(StreamExecutionEnvironment env, AuditOptions options) {
        KafkaPartitions kafka = new KafkaPartitions(options.kafka(), options.topic(), ANSWER);
        return env.fromSource(
                        new PartitionTicks(kafka, kafka, options.chain().tick()),
                        WatermarkStrategy.noWatermarks(),
                        "partitions",
                        TickTypeInfo.INSTANCE)
                .uid(PartitionTicks.UID)
                .setParallelism(1);
    }

    /** What is wrong with the archive. */
    static DataStream<ProducedRecord> alerts(StreamExecutionEnvironment env, WatchOptions options) {
        return env.fromSource(
                        new ArchiveWatch(options),
                        WatermarkStrategy.noWatermarks(),
                        "watch archive",
                        ProducedRecordTypeInfo.INSTANCE)
                .uid(ArchiveWatch.UID)
                .setParallelism(1);
    }
}
