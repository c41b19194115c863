package io.millrace.common.event;

import io.millrace.common.event.ConsumedRecord.Header;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record to be written. Arrays are shared, never copied, and must not be written to.
 *
 * @param value null for a tombstone
 */
@TypeInfo(ProducedRecordTypeInfo.Factory.class)
public record ProducedRecord(String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}
