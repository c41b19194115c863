package io.millrace.archive.record;

import io.millrace.archive.chain.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as Kafka had it.
 *
 * @param timestamp when the broker appended it, in milliseconds since 1970
 * @param key null if it had none
 * @param value null if it had none
 */
public record RawRecord(
        Position position, long timestamp, byte @Nullable [] key, List<Header> headers, byte @Nullable [] value) {

    /** Copies the headers. Written out: of a compact one, compilers forget which parameters may be null. */
    public RawRecord(
            Position position, long timestamp, byte @Nullable [] key, List<Header> headers, byte @Nullable [] value) {
        this.position = position;
        this.timestamp = timestamp;
        this.key = key;
        this.headers = List.copyOf(headers);
        this.value = value;
    }
}
