package io.millrace.audit;

import io.millrace.archive.write.Manifests;
import io.millrace.audit.chain.ArchivedHeads;
import io.millrace.audit.chain.ChainRecords;
import io.millrace.audit.chain.Step;
import io.millrace.audit.chain.StepTypeInfo;
import io.millrace.audit.commit.CommitFiles;
import io.millrace.audit.folder.Folders;
import io.millrace.audit.search.ToRows;
import io.millrace.audit.tick.KafkaPartitions;
import io.millrace.audit.tick.Partitions;
import io.millrace.audit.tick.Tick;
import io.millrace.audit.write.ArchiveOptions;
import io.millrace.audit.write.Pending;
import io.millrace.audit.write.PendingTypeInfo;
import io.millrace.audit.write.WriteFiles;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.event.ProducedRecordTypeInfo;
import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowChangeTypeInfo;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From records to the archive. Everything goes by Kafka's partition, so that each keeps its order. */
public final class AuditTopology {

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private AuditTopology() {}

    /** Adds every operator between the sources and the topics that are written. */
    public static AuditOutputs of(DataStream<ConsumedRecord> records, DataStream<Tick> ticks, AuditOptions options) {
        SingleOutputStreamOperator<Step> steps = chain(records, ticks, options);
        return new AuditOutputs(
                commit(write(steps, options), options),
                options.clickhouse().map(clickhouse -> rows(steps)),
                steps.getSideOutput(ChainRecords.DEAD_LETTERS));
    }

    private static SingleOutputStreamOperator<Step> chain(
            DataStream<ConsumedRecord> records, DataStream<Tick> ticks, AuditOptions options) {
        return records.keyBy(ConsumedRecord::partition, Types.INT)
                .connect(ticks.keyBy(Tick::partition, Types.INT))
                .process(new ChainRecords(options.chain(), options.keyStore(), heads(options.archive())))
                .returns(StepTypeInfo.INSTANCE)
                .uid(ChainRecords.UID)
                .name("chain records");
    }

    private static ArchivedHeads heads(ArchiveOptions archive) {
        return partition -> new Manifests(Folders.open(archive.address()), archive.name(), archive.topic())
                .read(partition)
                .head();
    }

    private static DataStream<RowChange> rows(DataStream<Step> steps) {
        return steps.flatMap(new ToRows(), RowChangeTypeInfo.INSTANCE)
                .uid(ToRows.UID)
                .name("to rows");
    }

    private static SingleOutputStreamOperator<Pending> write(DataStream<Step> steps, AuditOptions options) {
        return steps.transform("write files", PendingTypeInfo.INSTANCE, new WriteFiles(options.archive()))
                .uid(WriteFiles.UID);
    }

    private static SingleOutputStreamOperator<ProducedRecord> commit(
            DataStream<Pending> pending, AuditOptions options) {
        Partitions partitions = new KafkaPartitions(options.kafka(), options.topic(), ANSWER);
        return pending.keyBy(Pending::partition, Types.INT)
                .transform(
                        "commit files",
                        ProducedRecordTypeInfo.INSTANCE,
                        new CommitFiles(options.archive(), options.signing(), partitions))
                .uid(CommitFiles.UID);
    }
}
