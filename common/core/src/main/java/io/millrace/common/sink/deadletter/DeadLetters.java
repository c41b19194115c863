package io.millrace.common.sink.deadletter;

import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.event.ConsumedRecord.Header;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.sink.kafka.KafkaRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that stands on the dead-letter topic: the original key and bytes, with {@link DeadLetterHeaders}.
 *
 * <p>A record too large for the broker is sent with its value replaced by
 * {@code {"address":…,"sha256":…,"size":…}}, where the file at the address holds the value. If key and headers are too
 * large by themselves, the file holds the whole record (see {@link RecordFile}) and both are left out.
 */
public final class DeadLetters {

    private final DeadLetterConfig config;
    private final @Nullable OverflowFolder overflow;

    /**
     * Opens the overflow folder, if one is configured.
     *
     * @throws IOException if the folder's file system cannot be used
     */
    public DeadLetters(DeadLetterConfig config) throws IOException {
        this.config = config;
        this.overflow = config.overflowFolder() == null ? null : OverflowFolder.open(config.overflowFolder());
    }

    /**
     * Makes the record of a letter, and stores its payload first if it is too large.
     *
     * @throws IOException if the payload is too large and cannot be stored; nothing may be acknowledged then
     */
    public ProducedRecord toRecord(DeadLetter letter) throws IOException {
        List<Header> own = DeadLetterHeaders.of(letter);
        ConsumedRecord source = letter.record();
        ProducedRecord whole = record(own, source.headers(), source.key(), source.value());
        if (KafkaRecords.size(whole) <= config.maxRecordBytes()) {
            return whole;
        }
        OverflowFolder folder = requireFolder(letter, KafkaRecords.size(whole));
        if (source.value() != null) {
            List<Header> marked = marked(own, "value");
            ProducedRecord replaced = record(marked, source.headers(), source.key(), folder.store(source.value()));
            if (KafkaRecords.size(replaced) <= config.maxRecordBytes()) {
                return replaced;
            }
        }
        return record(marked(own, "record"), List.of(), null, folder.store(RecordFile.write(source)));
    }

    private ProducedRecord record(
            List<Header> own, List<Header> sources, byte @Nullable [] key, byte @Nullable [] value) {
        List<Header> headers = new ArrayList<>(own);
        headers.addAll(sources);
        return new ProducedRecord(config.topic(), key, value, headers);
    }

    private static List<Header> marked(List<Header> own, String content) {
        List<Header> headers = new ArrayList<>(own);
        headers.add(DeadLetterHeaders.header(DeadLetterHeaders.OVERFLOW, content));
        return headers;
    }

    private OverflowFolder requireFolder(DeadLetter letter, long size) throws IOException {
        if (overflow != null) {
            return overflow;
        }
        ConsumedRecord source = letter.record();
        throw new IOException("a dead letter of " + size + " bytes (" + source.topic() + ", partition "
                + source.partition() + ", offset " + source.offset() + ") is larger than the limit of "
                + config.maxRecordBytes() + " bytes, and there is no overflow folder to keep it in; set"
                + " dead-letters.overflow-folder to a folder that every TaskManager reaches, or raise the limit and"
                + " max.message.bytes of topic " + config.topic());
    }
}
