package io.millrace.analytics.parse;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes nothing of records, which only a savepoint can bring: of partitions that were read for a result that is not
 * wanted any more. It begins where they are then, should it be wanted again.
 *
 * @param <T> what others make of them
 */
public final class PassOver<T> implements KafkaRecordDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;

    public PassOver(TypeInformation<T> type) {
        this.type = type;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        // no event, no dead letter
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
