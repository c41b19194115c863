package io.millrace.archive.chain;

import io.millrace.archive.bytes.CanonicalBytes;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka held at a position, as the archive stores it: in the forms of {@link io.millrace.archive.crypt.StoredForm}.
 *
 * @param key null if Kafka had none
 * @param headers all headers, in one piece
 * @param value null if Kafka had none
 */
public record Content(byte @Nullable [] key, byte[] headers, byte @Nullable [] value) {

    void writeTo(CanonicalBytes out) {
        out.bytes(key).bytes(headers).bytes(value);
    }
}
