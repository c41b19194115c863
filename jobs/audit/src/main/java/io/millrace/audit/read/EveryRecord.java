package io.millrace.audit.read;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecordTypeInfo;
import io.millrace.common.source.around.SourceAround;
import io.millrace.common.source.kafka.KafkaRecordSource;
import io.millrace.common.source.kafka.TopicOptions;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** Every record of the topic: what Kafka removed before it was read ends the job, and is not passed over. */
public final class EveryRecord extends SourceAround<ConsumedRecord, KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final long serialVersionUID = 1L;

    public EveryRecord(TopicOptions options) {
        super(KafkaRecordSource.complete(options), ConsumedRecordTypeInfo.INSTANCE);
    }

    @Override
    public SourceReader<ConsumedRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        return new EveryRecordReader<>(super.createReader(context));
    }
}
