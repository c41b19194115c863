package io.millrace.common.sink.kafka;

import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** {@link ProducedRecord} as Kafka's client takes it; the partition follows from the key, the timestamp is now. */
public final class KafkaRecords {

    private static final int RECORD_OVERHEAD = 100;
    private static final int HEADER_OVERHEAD = 10;

    private KafkaRecords() {}

    /** Returns an upper bound of the bytes that a record takes in a request, Kafka's own format included. */
    public static long size(ProducedRecord record) {
        long size = RECORD_OVERHEAD + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += HEADER_OVERHEAD + header.name().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    public static ProducerRecord<byte[], byte[]> toKafka(ProducedRecord record) {
        List<org.apache.kafka.common.header.Header> headers =
                new ArrayList<>(record.headers().size());
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.name(), header.value()));
        }
        return new ProducerRecord<>(record.topic(), null, null, record.key(), record.value(), headers);
    }
}
