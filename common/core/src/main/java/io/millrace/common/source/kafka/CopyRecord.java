package io.millrace.common.source.kafka;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ConsumedRecordTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Takes a record as it is. It looks at no byte, so that no record can fail the source. */
public final class CopyRecord implements KafkaRecordDeserializationSchema<ConsumedRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ConsumedRecord> out) {
        out.collect(of(record));
    }

    /** Returns a record as it was read; arrays are shared. */
    public static ConsumedRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                copy(record.headers()));
    }

    private static List<Header> copy(Headers headers) {
        List<Header> copied = new ArrayList<>();
        headers.forEach(header -> copied.add(new Header(header.key(), header.value())));
        return List.copyOf(copied);
    }

    @Override
    public TypeInformation<ConsumedRecord> getProducedType() {
        return ConsumedRecordTypeInfo.INSTANCE;
    }
}
