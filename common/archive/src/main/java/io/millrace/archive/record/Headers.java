package io.millrace.archive.record;

import io.millrace.archive.bytes.CanonicalBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All headers of a record as one piece of bytes. */
final class Headers {

    private Headers() {}

    static byte[] write(List<Header> headers) {
        CanonicalBytes bytes = new CanonicalBytes().i32(headers.size());
        headers.forEach(header -> bytes.text(header.name()).bytes(header.value()));
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static List<Header> read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        try {
            List<Header> headers = new ArrayList<>();
            int count = bytes.getInt();
            for (int left = count; left > 0; left--) {
                byte[] name = next(bytes);
                if (name == null) {
                    throw new IllegalArgumentException("a header has no name");
                }
                headers.add(new Header(new String(name, StandardCharsets.UTF_8), next(bytes)));
            }
            if (count < 0 || bytes.hasRemaining()) {
                throw new IllegalArgumentException("there are " + count + " headers, and more bytes than theirs");
            }
            return headers;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("headers end too early", e);
        }
    }

    private static byte @Nullable [] next(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }
}
