package io.millrace.common.event;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it was read, before anything looked inside: what a parser needs, and what a dead letter keeps.
 * Arrays are shared, never copied, and must not be written to.
 *
 * @param timestamp epoch milliseconds of the Kafka record
 * @param headers in their order; empty if there are none
 */
@TypeInfo(ConsumedRecordTypeInfo.Factory.class)
public record ConsumedRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    /** One header of a Kafka record. */
    public record Header(String name, byte @Nullable [] value) {}

    /** Returns the value of the last header of this name, or null if there is none. */
    public byte @Nullable [] header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i).value();
            }
        }
        return null;
    }
}
